import { type Command, operandsOf } from '../../command.ts';
import { givingCommand } from '../../orders/commands.ts';

export const policyAssignCommand: Command = givingCommand({
  name: 'policy assign',
  operands: 'NAME --code CODE | --instance JKT --for SPAN --reason TEXT [options]',
  summary: 'Lets another policy judge one install.',
  help: 'Lets the policy NAME judge one install instead of that of its app: a tester, a person of the support, a device under watch.',
  effect: 'policy',
  targets: ['code', 'instance'],
  longest: '7 days',
  example: `  assay policy assign strict --code 7KQ2M-9XR4T-V --for 7d --reason 'device under watch, case 4711'`,
  loud: 'THIS',
  more: (operands) => {
    const [policy] = operandsOf(operands, ['NAME']);
    return { policy };
  },
});
