import type { Command } from '../../command.ts';
import { listCommand } from '../../orders/commands.ts';
import { PASS } from '../../orders/nouns.ts';

export const passListCommand: Command = listCommand(PASS);
