import { z } from 'zod';
import { openAdmin } from '../../admin/client.ts';
import { SERVER_HELP, SERVER_OPTIONS } from '../../admin/options.ts';
import { type Command, operandsOf, type Values, type World } from '../../command.ts';
import { moment } from '../../duration.ts';
import { EXIT, type ExitCode } from '../../exit.ts';
import { plain } from '../../speech.ts';

const HELP = `
Lists the versions of a policy, newest first, with who put them into force and when. A preset has none: its text changes with
releases of assay alone.

${SERVER_HELP}
  --json                   one JSON document, schema assay.policy.history/1

Exit codes: 0 listed, 2 no such policy, or refused by the server, 3 server not reached, 5 credential or address not usable.

Examples:
  assay policy history house
`;

export const policyHistoryCommand: Command = {
  name: 'policy history',
  operands: 'NAME [options]',
  summary: 'Lists the versions of a policy.',
  help: HELP,
  options: SERVER_OPTIONS,
  run,
};

const Versions = z.array(
  z.looseObject({ version: z.int(), author: z.string(), createdAt: z.number(), restores: z.int().nullable() }),
);

async function run(world: World, operands: readonly string[], values: Values): Promise<ExitCode> {
  const [name] = operandsOf(operands, ['NAME']);
  const { speech } = world;
  const versions = await openAdmin(world, values).get(`policies/${encodeURIComponent(name)}/versions`, Versions);
  if (versions.length === 0) speech.talk(`${plain(name)} is a preset: assay policy presets ${plain(name)}`);
  for (const { version, author, createdAt, restores } of versions) {
    const from = restores === null ? '' : `  with the text of version ${restores}`;
    speech.out(`${String(version).padStart(4)}  ${moment(createdAt)}  ${plain(author)}${from}`);
  }
  speech.result({ schema: 'assay.policy.history/1', name, versions });
  return EXIT.ok;
}
