import { z } from 'zod';
import { openAdmin } from '../../admin/client.ts';
import { SERVER_HELP, SERVER_OPTIONS } from '../../admin/options.ts';
import { type Command, operandsOf, type Values, type World } from '../../command.ts';
import { EXIT, type ExitCode } from '../../exit.ts';

const HELP = `
Takes a proposed change back, one's own or another's. What is in force stays.

${SERVER_HELP}
  --json                   one JSON document, schema assay.policy.withdraw/1

Exit codes: 0 taken back, 2 no such proposal, or refused by the server, 3 server not reached,
5 credential (needs the scope policies) or address not usable.

Examples:
  assay policy withdraw 019a8c0f5e4d0123456789abcdef0123
`;

export const policyWithdrawCommand: Command = {
  name: 'policy withdraw',
  operands: 'ID [options]',
  summary: 'Takes a change that waits for a second person back.',
  help: HELP,
  options: SERVER_OPTIONS,
  run,
};

const Withdrawn = z.looseObject({ id: z.string() });

async function run(world: World, operands: readonly string[], values: Values): Promise<ExitCode> {
  const [id] = operandsOf(operands, ['ID']);
  const { id: proposal } = await openAdmin(world, values).post(
    `proposals/${encodeURIComponent(id)}/withdraw`,
    {},
    Withdrawn,
  );
  world.speech.out(`proposal ${proposal} is withdrawn`);
  world.speech.result({ schema: 'assay.policy.withdraw/1', proposal });
  return EXIT.ok;
}
