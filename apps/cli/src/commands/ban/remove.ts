import type { Command } from '../../command.ts';
import { removeCommand, removeSummary } from '../../orders/commands.ts';

export const banRemoveCommand: Command = removeCommand('ban remove', 'ban', removeSummary('ban'));
