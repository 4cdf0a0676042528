import type { Command } from '../../command.ts';
import { listCommand } from '../../orders/commands.ts';
import { BAN } from '../../orders/nouns.ts';

export const banListCommand: Command = listCommand(BAN);
