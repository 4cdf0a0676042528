import { z } from 'zod';
import { openServer } from '../../admin/client.ts';
import { ADDRESS_HELP, ADDRESS_OPTIONS } from '../../admin/options.ts';
import { type Command, operandsOf, type Values, type World } from '../../command.ts';
import { EXIT, type ExitCode } from '../../exit.ts';
import { plain } from '../../speech.ts';

const HELP = `
Ends a credential at once and for good. Its name stays in the list and is not given again.

${ADDRESS_HELP}
  --json                   one JSON document, schema assay.credential.revoke/1

Exit codes: 0 revoked, 2 no such credential in force, or refused by the server, 3 server not reached,
5 credential (needs the scope credentials) or address not usable.

Examples:
  assay credential revoke ben
`;

export const credentialRevokeCommand: Command = {
  name: 'credential revoke',
  operands: 'ID [options]',
  summary: 'Ends an operator credential.',
  help: HELP,
  options: ADDRESS_OPTIONS,
  run,
};

const Revoked = z.looseObject({ id: z.string() });

async function run(world: World, operands: readonly string[], values: Values): Promise<ExitCode> {
  const [name] = operandsOf(operands, ['ID']);
  const { id } = await openServer(world, values).delete(`credentials/${encodeURIComponent(name)}`, Revoked);
  world.speech.out(`credential ${plain(id)} is revoked`);
  world.speech.result({ schema: 'assay.credential.revoke/1', id });
  return EXIT.ok;
}
