import { z } from 'zod';
import { openAdmin } from '../../admin/client.ts';
import { SERVER_HELP, SERVER_OPTIONS } from '../../admin/options.ts';
import { type Command, operandsOf, type Values, type World } from '../../command.ts';
import { EXIT, type ExitCode } from '../../exit.ts';

const HELP = `
Has the server follow its chain of admin acts from the first to the last: each row's hash covers the row before it. A chain
that was cut off at its end still holds; compare the number of rows with an earlier run to notice that.

${SERVER_HELP}
  --json                   one JSON document, schema assay.audit.verify/1

Exit codes: 0 the chain holds, 1 it is broken, 2 refused by the server, 3 file or server not reached,
5 credential or address not usable.

Examples:
  assay audit verify
  assay audit verify --issuer main/prod --json
`;

export const auditVerifyCommand: Command = {
  name: 'audit verify',
  operands: '[options]',
  summary: 'Checks the hash chain of admin acts.',
  help: HELP,
  options: SERVER_OPTIONS,
  run,
};

const Answer = z.looseObject({ rows: z.int(), brokenAt: z.int().optional() });

async function run(world: World, operands: readonly string[], values: Values): Promise<ExitCode> {
  operandsOf(operands, []);
  const { rows, brokenAt } = await openAdmin(world, values).get('audit/verification', Answer);
  const { speech } = world;
  const holds = brokenAt === undefined;
  if (holds) speech.out(`${speech.paint('green', 'HOLDS')}  ${rows} rows`);
  else speech.out(`${speech.paint('red', 'BROKEN')}  row ${brokenAt} does not follow from the ${rows} rows before it`);
  speech.result({ schema: 'assay.audit.verify/1', holds, rows, brokenAt: brokenAt ?? null });
  return holds ? EXIT.ok : EXIT.no;
}
