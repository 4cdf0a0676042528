import { existsSync } from 'node:fs';
import { type Command, operandsOf, requiredOf, type Values, type World } from '../../command.ts';
import { EXIT, type ExitCode } from '../../exit.ts';
import { generateKeyFiles, readKey, writeNewFile } from '../../keys/key-file.ts';
import { fault } from '../../reasons.ts';
import { plain } from '../../speech.ts';

const HELP = `
Makes a P-256 key that signs root documents (root), pin sets (pins) or advisories. It stays on this machine: the server never holds it,
so nobody who takes the server can mint pins. The private key is written as PKCS #8 PEM with mode 0600 and the public half
beside it as FILE.pub. A file that is there already is never overwritten.

Keep the root key offline, with a copy elsewhere: without it no lost pins key can be replaced.

  --out FILE    where the private key goes
  --json        one JSON document, schema assay.keys.create/1 (the public half)

Exit codes: 0 made, 2 usage, or the file exists, 3 the file cannot be written.

Examples:
  assay keys create root --out root.key
  assay keys create pins --out pins.key
`;

const USES: Readonly<Record<string, string>> = {
  root: 'signs root documents: keep it offline',
  pins: 'signs pin sets: give it to whoever publishes pins, never to the server',
  advisories: 'signs advisories: give its public half to the server, as `advisoriesKeys`',
};

export const keysCreateCommand: Command = {
  name: 'keys create',
  operands: 'root|pins|advisories --out FILE',
  summary: 'Makes a key that signs root documents, pin sets or advisories.',
  help: HELP,
  options: { out: { type: 'string' } },
  run,
};

async function run({ speech }: World, operands: readonly string[], values: Values): Promise<ExitCode> {
  const [use] = operandsOf(operands, ['root|pins|advisories']);
  const purpose = Object.hasOwn(USES, use) ? USES[use] : undefined;
  if (purpose === undefined) throw fault('cli.usage', { expected: Object.keys(USES).join(' or ') });
  const out = requiredOf(values, 'out');
  if (existsSync(`${out}.pub`)) throw fault('cli.file_exists', { found: `${out}.pub` });
  const { privatePem, publicPem } = generateKeyFiles();
  writeNewFile(out, privatePem, 0o600);
  writeNewFile(`${out}.pub`, publicPem, 0o644);
  const { kid, jwk } = readKey(out);
  speech.out(`${use} key ${kid}`);
  speech.out(`  private  ${plain(out)}  (${purpose})`);
  speech.out(`  public   ${plain(out)}.pub`);
  speech.result({ schema: 'assay.keys.create/1', use, kid, jwk, file: out, publicFile: `${out}.pub` });
  return EXIT.ok;
}
