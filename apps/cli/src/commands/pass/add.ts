import type { Command } from '../../command.ts';
import { addCommand } from '../../orders/commands.ts';
import { PASS } from '../../orders/nouns.ts';

export const passAddCommand: Command = addCommand(PASS);
