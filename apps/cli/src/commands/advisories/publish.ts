import { existsSync } from 'node:fs';
import { assertCurrent, assertSuccessor } from '@assay/server';
import { type Command, operandsOf, requiredOf, textsOf, type Values, type World } from '../../command.ts';
import { EXIT, type ExitCode } from '../../exit.ts';
import { writeWhole } from '../../files.ts';
import { readText } from '../../input.ts';
import { fault } from '../../reasons.ts';
import { plain } from '../../speech.ts';
import { readSigned, showAdvisories } from './told.ts';

const HELP = `
Puts a signed file to where servers look for it: the path of their setting \`advisories\`, or the folder that a web server
gives out at that address. What servers would not take is refused here first: a file that no named key signed, that has ended, or
that is older than the one in its place. Servers take it up by themselves within the hour.

  --key FILE               public key that servers know, repeatable: any of them suffices
  --to FILE                where servers look
  --json                   one JSON document, schema assay.advisories.publish/1

Exit codes: 0 published, 2 usage, or a file that servers would refuse, 3 a file cannot be read or written, 5 key not usable.

Examples:
  assay advisories publish advisories.jws --key advisories.key.pub --to /srv/www/advisories.jws
`;

export const advisoriesPublishCommand: Command = {
  name: 'advisories publish',
  operands: 'FILE --key FILE --to FILE',
  summary: 'Puts signed advisories to where servers look for them.',
  help: HELP,
  options: { key: { type: 'string', multiple: true }, to: { type: 'string' } },
  run,
};

async function run({ speech, now }: World, operands: readonly string[], values: Values): Promise<ExitCode> {
  const [file] = operandsOf(operands, ['FILE']);
  const [keys, to] = [textsOf(values, 'key'), requiredOf(values, 'to')];
  if (keys.length === 0) throw fault('cli.usage', { message: 'an option is missing', expected: '--key' });
  const next = readSigned(file, keys);
  assertCurrent(next, now());
  assertSuccessor(next, existsSync(to) ? readSigned(to, keys) : undefined);
  writeWhole(to, readText(file));
  showAdvisories(speech, next, now());
  speech.out(`published at ${plain(to)}`);
  const { version, expiresAt } = next;
  speech.result({ schema: 'assay.advisories.publish/1', version, expiresAt, to });
  return EXIT.ok;
}
