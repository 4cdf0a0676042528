import { existsSync, realpathSync } from 'node:fs';
import { parseAdvisories, signAdvisories } from '@assay/server';
import { type Command, operandsOf, requiredOf, type Values, type World } from '../../command.ts';
import { moment } from '../../duration.ts';
import { EXIT, type ExitCode } from '../../exit.ts';
import { writeWhole } from '../../files.ts';
import { naming, readText } from '../../input.ts';
import { readSigningKey } from '../../keys/key-file.ts';
import { fault } from '../../reasons.ts';
import { plain } from '../../speech.ts';

const MAX_BYTES = 1 << 20;

const HELP = `
Signs advisories: a list of vulnerable app builds, SDKs, OS builds, models and patch levels that rules of a policy can refuse
by (\`history.advisories\`). The key stays on this machine; the server has its public half. Nothing is published.

FILE holds, for example:

  { "assay": "advisories/1", "version": 1, "issued": 1795000000, "expires": 1797000000,
    "advisories": [{ "id": "BANK-2026-1", "title": "Session fixation before 4.2", "severity": "high",
      "affects": { "app": "com.example.bank", "appUpTo": "4.1.9" } }] }

Times are seconds since 1970. Every change counts \`version\` up.

  --key FILE               private key, see \`assay keys create advisories\`
  --out FILE               where the signed file goes
  --json                   one JSON document, schema assay.advisories.sign/1

Exit codes: 0 signed, 2 usage, or a document that is not in its form, 3 a file cannot be read or written,
5 key not usable.

Examples:
  assay advisories sign advisories.json --key advisories.key --out advisories.jws
`;

export const advisoriesSignCommand: Command = {
  name: 'advisories sign',
  operands: 'FILE --key FILE --out FILE',
  summary: 'Signs advisories about vulnerable builds.',
  help: HELP,
  options: { key: { type: 'string' }, out: { type: 'string' } },
  run,
};

async function run({ speech }: World, operands: readonly string[], values: Values): Promise<ExitCode> {
  const [file] = operandsOf(operands, ['FILE']);
  const [keyFile, out] = [requiredOf(values, 'key'), requiredOf(values, 'out')];
  // Written over, an offline key would be gone for good.
  if (existsSync(out) && [keyFile, file].some((each) => realpathSync(each) === realpathSync(out))) {
    throw fault('cli.file_exists', { found: out });
  }
  const document = naming(file, 'repair the file', () => parseAdvisories(readText(file, MAX_BYTES)));
  writeWhole(out, `${signAdvisories(document, readSigningKey(keyFile))}\n`);
  const { version, expires, advisories } = document;
  speech.out(
    `${advisories.length} advisories, version ${version}, until ${moment(expires * 1_000)}, are signed in ${plain(out)}`,
  );
  speech.result({ schema: 'assay.advisories.sign/1', version, expires, count: advisories.length, file: out });
  return EXIT.ok;
}
