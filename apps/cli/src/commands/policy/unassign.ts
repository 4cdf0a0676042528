import type { Command } from '../../command.ts';
import { removeCommand } from '../../orders/commands.ts';

export const policyUnassignCommand: Command = removeCommand(
  'policy unassign',
  'assignment',
  'Lets the policy of its app judge an install again.',
);
