import type { Command } from '../../command.ts';
import { addCommand } from '../../orders/commands.ts';
import { BAN } from '../../orders/nouns.ts';

export const banAddCommand: Command = addCommand(BAN);
