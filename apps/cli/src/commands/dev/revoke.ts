import { z } from 'zod';
import { openAdmin } from '../../admin/client.ts';
import { SERVER_HELP, SERVER_OPTIONS } from '../../admin/options.ts';
import { type Command, operandsOf, type Values, type World } from '../../command.ts';
import { EXIT, type ExitCode } from '../../exit.ts';

const HELP = `
Ends a grant: nobody enrols by it any more, and installs that it let in get nothing more at their next refresh.

${SERVER_HELP}
  --json                   one JSON document, schema assay.dev.revoke/1

Exit codes: 0 revoked, 2 no such grant in force, or refused by the server, 3 server not reached,
5 credential or address not usable.

Examples:
  assay dev revoke 019a8c0f5e4d0123456789abcdef0123 --issuer main/dev
`;

export const devRevokeCommand: Command = {
  name: 'dev revoke',
  operands: 'ID [options]',
  summary: 'Ends a grant for simulators and CI.',
  help: HELP,
  options: SERVER_OPTIONS,
  run,
};

const Revoked = z.looseObject({ id: z.string() });

async function run(world: World, operands: readonly string[], values: Values): Promise<ExitCode> {
  const [id] = operandsOf(operands, ['ID']);
  const { id: grant } = await openAdmin(world, values).delete(`grants/${encodeURIComponent(id)}`, Revoked);
  world.speech.out(`grant ${grant} is revoked`);
  world.speech.result({ schema: 'assay.dev.revoke/1', grant });
  return EXIT.ok;
}
