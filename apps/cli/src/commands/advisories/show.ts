import { type Command, operandsOf, textsOf, type Values, type World } from '../../command.ts';
import { EXIT, type ExitCode } from '../../exit.ts';
import { fault } from '../../reasons.ts';
import { isCurrent, readSigned, showAdvisories } from './told.ts';

const HELP = `
Shows the advisories of a signed file once its signature holds. What a server has in force shows \`assay trust show\`.

  --key FILE               public key to verify it by, repeatable: any of them suffices
  --json                   one JSON document, schema assay.advisories.show/1

Exit codes: 0 shown and current, 1 its end has come, 2 usage, or no signature by such a key, 3 a file cannot be read,
5 key not usable.

Examples:
  assay advisories show advisories.jws --key advisories.key.pub
`;

export const advisoriesShowCommand: Command = {
  name: 'advisories show',
  operands: 'FILE --key FILE',
  summary: 'Shows the advisories of a signed file.',
  help: HELP,
  options: { key: { type: 'string', multiple: true } },
  run,
};

async function run({ speech, now }: World, operands: readonly string[], values: Values): Promise<ExitCode> {
  const [file] = operandsOf(operands, ['FILE']);
  const keys = textsOf(values, 'key');
  if (keys.length === 0) throw fault('cli.usage', { message: 'an option is missing', expected: '--key' });
  const read = readSigned(file, keys);
  showAdvisories(speech, read, now());
  const { version, expiresAt, advisories } = read;
  const current = isCurrent(read, now());
  speech.result({ schema: 'assay.advisories.show/1', version, expiresAt, current, advisories });
  return current ? EXIT.ok : EXIT.no;
}
