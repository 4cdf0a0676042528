import { type Command, operandsOf, type Values, type World } from '../../command.ts';
import { EXIT, type ExitCode } from '../../exit.ts';
import { withPlainFaults } from '../../serve/faults.ts';
import { helpLine, helpOf, INSTALLATION_FLAGS, loadSettings, optionsOf } from '../../serve/settings.ts';

const HELP = `
To be run once after a backup of the database was put back, before the server starts again. A restored database has forgotten
which challenges were redeemed since the backup, so each issuer gets a new challenge key, and every challenge given before
dies. With --token-keys the token keys go too, at once: for a backup that others may have read together with the key file.

Says what else was lost. The server must be stopped; with PostgreSQL, every replica. The act stands in the audit chain.

${helpOf(INSTALLATION_FLAGS)}
${helpLine('--token-keys', 'replace the token keys: the backup and the key file left the house')}
${helpLine('--json', 'one JSON document, schema assay.db.restored/1')}

Exit codes: 0 done, 2 usage, or keys changed meanwhile, 3 a file or the database not reached,
5 settings, keys or folder not usable, or a server is running.

Examples:
  assay db restored --config assay.json
  assay db restored --config assay.json --token-keys
`;

export const dbRestoredCommand: Command = {
  name: 'db restored',
  operands: '[options]',
  summary: 'Ends every challenge that a restored database has forgotten.',
  help: HELP,
  options: { ...optionsOf(INSTALLATION_FLAGS), 'token-keys': { type: 'boolean' } },
  run,
};

/** What the database cannot know that it lacks. */
const LOST: readonly string[] = [
  'revocations and bans of instances, and revoked credentials: repeat them',
  'instances enrolled since: their apps enrol again by themselves',
  'apps, APIs, policies and secrets registered since: register them again',
  'pin sets and root documents published since: publish the newest again, since apps refuse an older one',
  'rows of the audit chain: compare `assay audit verify` with a copy kept elsewhere',
];

async function run(world: World, operands: readonly string[], values: Values): Promise<ExitCode> {
  operandsOf(operands, []);
  const tokenKeys = values['token-keys'] === true;
  const config = await loadSettings(world, values);
  const { restored } = await import('@assay/server');
  const { speech, now: clock } = world;
  const talk = (line: string) => speech.talk(`assay: ${line}`);
  const done = await withPlainFaults(config, () => restored(config, { clock, talk }, { tokenKeys }));
  for (const [iss, { challenge, token }] of done) {
    speech.out(`${iss}: ${challenge} challenge keys and ${token} token keys are gone, new ones are in force`);
  }
  talk('what was written after the backup is lost:');
  for (const line of LOST) talk(`  ${line}`);
  const issuers = [...done].map(([iss, { challenge, token }]) => ({ iss, challengeKeys: challenge, tokenKeys: token }));
  speech.result({ schema: 'assay.db.restored/1', issuers, lost: LOST });
  return EXIT.ok;
}
