import { z } from 'zod';
import { openAdmin } from '../../admin/client.ts';
import { SERVER_HELP, SERVER_OPTIONS } from '../../admin/options.ts';
import { type Command, operandsOf, type Values, type World } from '../../command.ts';
import { EXIT, type ExitCode } from '../../exit.ts';
import { plain } from '../../speech.ts';

const HELP = `
Lists the registered apps of an issuer.

${SERVER_HELP}
  --json                   one JSON document, schema assay.app.list/1, with every registered document

Exit codes: 0 listed, 2 refused by the server, 3 file or server not reached, 5 credential or address not usable.

Examples:
  assay app list
  assay app list --issuer main/staging --json
`;

export const appListCommand: Command = {
  name: 'app list',
  operands: '[options]',
  summary: 'Lists registered apps.',
  help: HELP,
  options: SERVER_OPTIONS,
  run,
};

const Apps = z.array(
  z.looseObject({
    id: z.string(),
    version: z.int(),
    document: z.looseObject({ label: z.string(), policy: z.string().optional() }),
  }),
);

async function run(world: World, operands: readonly string[], values: Values): Promise<ExitCode> {
  operandsOf(operands, []);
  const apps = await openAdmin(world, values).get('apps', Apps);
  const { speech } = world;
  if (apps.length === 0) speech.talk('no app is registered: assay app register FILE');
  const width = Math.max(0, ...apps.map(({ id }) => id.length));
  for (const { id, version, document } of apps) {
    const policy = document.policy === undefined ? '' : `, policy ${plain(document.policy)}`;
    speech.out(`${plain(id).padEnd(width)}  version ${version}  ${plain(document.label)}${policy}`);
  }
  speech.result({ schema: 'assay.app.list/1', apps });
  return EXIT.ok;
}
