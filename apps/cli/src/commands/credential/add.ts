import { rmSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { openServer } from '../../admin/client.ts';
import { ADDRESS_HELP, ADDRESS_OPTIONS } from '../../admin/options.ts';
import { type Command, operandsOf, requiredOf, type Values, type World } from '../../command.ts';
import { durationOf, moment } from '../../duration.ts';
import { codeOf, inWords } from '../../errno.ts';
import { EXIT, type ExitCode } from '../../exit.ts';
import { writeNewFile } from '../../keys/key-file.ts';
import { fault } from '../../reasons.ts';
import { plain } from '../../speech.ts';

const DAY_S = 86_400;
const MAX_DAYS = 365;

const HELP = `
Makes a credential for one person or one job, good for every issuer of the server. ID is its name in the audit chain. The token
goes into FILE with mode 0600 and is shown nowhere; the server keeps its digest alone. A file that is there already is never
overwritten, and no credential is made for it. What each scope may is in docs/policy-operations.md.

  --scopes LIST            what it may, with commas: read, apps, policies, orders, grants, pins, secrets, keys, evidence,
                           credentials
  --for SPAN               until when, whole days, at most ${MAX_DAYS}d (default: 90d)
  --out FILE               where the token goes
${ADDRESS_HELP}
  --json                   one JSON document, schema assay.credential.add/1 (without the token)

Exit codes: 0 made, 2 usage, the file exists, or refused by the server, 3 server not reached or file not writable,
5 credential (needs the scope credentials) or address not usable.

Examples:
  assay credential add ben --scopes read,policies --out ben.token
  assay credential add ci --scopes apps --for 30d --out ci.token
`;

export const credentialAddCommand: Command = {
  name: 'credential add',
  operands: 'ID --scopes LIST --out FILE [options]',
  summary: 'Makes an operator credential, into a file.',
  help: HELP,
  options: {
    ...ADDRESS_OPTIONS,
    ...{ scopes: { type: 'string' }, for: { type: 'string' }, out: { type: 'string' } },
  },
  run,
};

const Made = z.looseObject({
  ...{ id: z.string(), scopes: z.array(z.string()), expiresAt: z.number() },
  token: z.string().regex(/^assay_admin_[A-Za-z0-9_-]{43}$/),
});

async function run(world: World, operands: readonly string[], values: Values): Promise<ExitCode> {
  const [name] = operandsOf(operands, ['ID']);
  const scopes = requiredOf(values, 'scopes').split(',');
  const wish = { id: name, scopes, ...daysOf(values) };
  const out = requiredOf(values, 'out');
  const server = openServer(world, values);
  const { id, scopes: given, expiresAt } = await intoNewFile(out, () => server.post('credentials', wish, Made));
  world.speech.out(`credential ${plain(id)} may ${plain(given.join(', '))} until ${moment(expiresAt)}`);
  world.speech.out(`  token  ${plain(out)}`);
  world.speech.result({ schema: 'assay.credential.add/1', id, scopes: given, expiresAt, file: out });
  return EXIT.ok;
}

function daysOf(values: Values): { readonly days?: number } {
  const seconds = durationOf(values, 'for');
  if (seconds === undefined) return {};
  const days = seconds / DAY_S;
  if (Number.isInteger(days) && days <= MAX_DAYS) return { days };
  throw fault('cli.usage', {
    message: '--for is out of range',
    expected: `whole days from 1d to ${MAX_DAYS}d`,
  });
}

/** The file is taken before the server is asked, since a token that has no place to go to is lost and its name used up. */
async function intoNewFile<T extends { readonly token: string }>(out: string, make: () => Promise<T>): Promise<T> {
  writeNewFile(out, '', 0o600);
  try {
    const made = await make();
    fill(out, `${made.token}\n`);
    return made;
  } catch (error) {
    rmSync(out, { force: true });
    throw error;
  }
}

function fill(out: string, text: string): void {
  try {
    writeFileSync(out, text, { flush: true });
  } catch (error) {
    throw fault('cli.file_unwritable', { message: `cannot write ${out}`, found: inWords(codeOf(error)) }, error);
  }
}
