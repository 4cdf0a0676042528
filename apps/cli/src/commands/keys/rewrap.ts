import { type Command, operandsOf, type Values, type World } from '../../command.ts';
import { EXIT, type ExitCode } from '../../exit.ts';
import { withPlainFaults } from '../../serve/faults.ts';
import { helpLine, helpOf, INSTALLATION_FLAGS, loadSettings, optionsOf } from '../../serve/settings.ts';

const HELP = `
Wraps every key, secret, receipt and piece of evidence in the database under the first key of the key file, and says how many
there were. Values are not opened. After that the older keys may leave the file, and a start with one of them alone is refused.
It may be cut off and run again. The server must be stopped; with PostgreSQL, every replica. The act stands in the audit chain.

${helpOf(INSTALLATION_FLAGS)}
${helpLine('--new-key', 'make a key first, and put it at the head of the key file')}
${helpLine('--json', 'one JSON document, schema assay.keys.rewrap/1')}

Exit codes: 0 everything is under the first key, 1 some rows are opened by no key of the file, 2 usage,
3 a file or the database not reached, 5 settings, keys or folder not usable, or a server is running.

Examples:
  assay keys rewrap --config assay.json --new-key
  assay keys rewrap --config assay.json --json
`;

export const keysRewrapCommand: Command = {
  name: 'keys rewrap',
  operands: '[options]',
  summary: 'Puts everything sealed under the newest key-encryption key.',
  help: HELP,
  options: { ...optionsOf(INSTALLATION_FLAGS), 'new-key': { type: 'boolean' } },
  run,
};

const NOUNS = { key: 'keys', secret: 'secrets', evidence: 'pieces of evidence', receipt: 'receipts' } as const;

async function run(world: World, operands: readonly string[], values: Values): Promise<ExitCode> {
  operandsOf(operands, []);
  const newKey = values['new-key'] === true;
  const config = await loadSettings(world, values);
  const { rewrap } = await import('@assay/server');
  const { speech, now: clock } = world;
  const talk = (line: string) => speech.talk(`assay: ${line}`);
  const report = await withPlainFaults(config, () => rewrap(config, { clock, talk }, { newKey }));
  const { current, changed, unchanged, unopened } = report;
  for (const kind of ['key', 'secret', 'evidence', 'receipt'] as const) {
    const counts = `${changed[kind]} rewrapped, ${unchanged[kind]} as they were, ${unopened[kind]} not opened`;
    speech.out(`${NOUNS[kind].padEnd(18)}  ${counts}`);
  }
  const isWhole = Object.values(unopened).every((count) => count === 0);
  if (isWhole) talk(`everything is under key ${current}: older keys may leave the file; old backups still need them`);
  else talk('keep the older keys, and add the one that the remaining rows are under');
  speech.result({ schema: 'assay.keys.rewrap/1', ...report });
  return isWhole ? EXIT.ok : EXIT.no;
}
