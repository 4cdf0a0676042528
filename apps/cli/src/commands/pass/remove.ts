import type { Command } from '../../command.ts';
import { removeCommand, removeSummary } from '../../orders/commands.ts';

export const passRemoveCommand: Command = removeCommand('pass remove', 'pass', removeSummary('pass'));
