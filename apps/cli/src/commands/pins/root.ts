import { NODE_PIN_CRYPTO, type RootDocument, signRoot, verifyRootDocument } from '@assay/pins';
import { z } from 'zod';
import { type Admin, openAdmin } from '../../admin/client.ts';
import { SERVER_HELP, SERVER_OPTIONS } from '../../admin/options.ts';
import {
  type Command,
  numberOf,
  operandsOf,
  requiredOf,
  textOf,
  textsOf,
  type Values,
  type World,
} from '../../command.ts';
import { EXIT, type ExitCode } from '../../exit.ts';
import { readText } from '../../input.ts';
import { type NamedKey, readKey, readSigningKey, writeNewFile } from '../../keys/key-file.ts';
import { fault } from '../../reasons.ts';

const DAY_S = 86_400;

const HELP = `
Makes and signs the root document of an app: which keys may sign what. Build it into the app, and publish it; apps follow
every later version by the keys of the one before. The private root keys sign here and go nowhere.

  --app APP                the app
  --env NAME               the environment (default: the one of --issuer)
  --root-key FILE          a root key, private to sign with it or only its public half; may be given more than once
  --root-threshold N       how many root keys must sign the next root document (default 1)
  --pins-key FILE          a key that may sign pin sets; the public half is enough; may be given more than once
  --reply-key FILE|server  the server's public reply key (default: server, which asks for it)
  --days N                 how long it is valid (default 365)
  --before FILE            the newest root document, of which this one is the successor
  --before-key FILE        a root key of that document that signs too; may be given more than once
  --new-epoch              raise the epoch: versions of pin sets start anew, the answer to a stolen pins key
  --out FILE               where the signed document goes (default: stdout)
  --publish                hand it to the server as well
${SERVER_HELP}
  --json                   one JSON document, schema assay.pins.root/1

Exit codes: 0 signed, 2 usage, or refused by the server, 3 file or server not reached, 5 key, credential or address not usable.

Examples:
  assay pins root --app com.example.bank --root-key root.key --pins-key pins.key.pub --out root-1.json --publish
  assay pins root --app com.example.bank --root-key root.key --before-key root.key --pins-key new.key.pub \\
    --before root-1.json --new-epoch --out root-2.json --publish
`;

const MANY = { type: 'string', multiple: true } as const;

export const pinsRootCommand: Command = {
  name: 'pins root',
  operands: '--app APP --root-key FILE --pins-key FILE [options]',
  summary: 'Makes and signs the root document of an app.',
  help: HELP,
  options: {
    ...SERVER_OPTIONS,
    app: { type: 'string' },
    env: { type: 'string' },
    'root-key': MANY,
    'root-threshold': { type: 'string' },
    'pins-key': MANY,
    'reply-key': { type: 'string' },
    days: { type: 'string' },
    before: { type: 'string' },
    'before-key': MANY,
    'new-epoch': { type: 'boolean' },
    out: { type: 'string' },
    publish: { type: 'boolean' },
  },
  run,
};

const ReplyKey = z.looseObject({
  kid: z.string(),
  jwk: z.object({ kty: z.literal('EC'), crv: z.literal('P-256'), x: z.string(), y: z.string() }),
});
const Answer = z.looseObject({ version: z.int(), epoch: z.int() });

async function run(world: World, operands: readonly string[], values: Values): Promise<ExitCode> {
  operandsOf(operands, []);
  const app = requiredOf(values, 'app');
  const replyFile = textOf(values, 'reply-key') ?? 'server';
  const admin = replyFile === 'server' || values['publish'] === true ? openAdmin(world, values) : undefined;
  const env = textOf(values, 'env') ?? admin?.env ?? (textOf(values, 'issuer') ?? 'main/prod').split('/')[1] ?? '';
  const before = await documentBefore(values, { app, env });
  const keys = keysOf(values, 'root-key');
  const root = toRoot(world, values, { app, env, before, keys, reply: await replyKeyOf(admin, app, replyFile) });
  const document = await signRoot(root, signersOf(values, keys), before);
  await deliver(world, values, admin, root, document);
  return EXIT.ok;
}

function keysOf(values: Values, name: string): readonly NamedKey[] {
  const keys = textsOf(values, name).map(readKey);
  if (keys.length > 0) return keys;
  throw fault('cli.usage', { message: 'an option is missing', expected: `--${name}` });
}

/** The same file may be a root key of both documents; it signs once. */
function signersOf(values: Values, keys: readonly NamedKey[]) {
  const signers = [...keys.flatMap(({ signer }) => signer ?? []), ...textsOf(values, 'before-key').map(readSigningKey)];
  return [...new Map(signers.map((signer) => [signer.kid, signer])).values()];
}

async function replyKeyOf(admin: Admin | undefined, app: string, file: string): Promise<Pick<NamedKey, 'kid' | 'jwk'>> {
  if (file !== 'server' || admin === undefined) return readKey(file);
  return admin.get(`apps/${encodeURIComponent(app)}/reply-key`, ReplyKey);
}

async function documentBefore(values: Values, place: { app: string; env: string }): Promise<RootDocument | undefined> {
  const file = textOf(values, 'before');
  return file === undefined ? undefined : verifyRootDocument(readText(file).trim(), { ...place, ...NODE_PIN_CRYPTO });
}

interface Parts {
  readonly app: string;
  readonly env: string;
  readonly before: RootDocument | undefined;
  readonly keys: readonly NamedKey[];
  readonly reply: Pick<NamedKey, 'kid' | 'jwk'>;
}

function toRoot(world: World, values: Values, { app, env, before, keys, reply }: Parts): RootDocument {
  const iat = Math.floor(world.now() / 1000);
  const role = (members: readonly Pick<NamedKey, 'kid' | 'jwk'>[], threshold: number) => ({
    keys: new Map(members.map(({ kid, jwk }) => [kid, jwk])),
    threshold,
  });
  return {
    ...{ app, env, iat, exp: iat + (numberOf(values, 'days', 1, 3_650) ?? 365) * DAY_S },
    v: (before?.v ?? 0) + 1,
    epoch: (before?.epoch ?? 1) + (values['new-epoch'] === true ? 1 : 0),
    roles: {
      root: role(keys, numberOf(values, 'root-threshold', 1, 32) ?? 1),
      pins: role(keysOf(values, 'pins-key'), 1),
      reply: role([reply], 1),
    },
  };
}

async function deliver(
  { speech }: World,
  values: Values,
  admin: Admin | undefined,
  root: RootDocument,
  document: string,
): Promise<void> {
  const { app, v: version, epoch, exp } = root;
  const out = textOf(values, 'out');
  if (out !== undefined) writeNewFile(out, `${document}\n`, 0o644);
  const published = values['publish'] === true && admin !== undefined;
  if (published) await admin.post(`apps/${encodeURIComponent(app)}/root`, { document }, Answer);
  const expires = new Date(exp * 1000).toISOString();
  speech.talk(`${app}: root document ${version}, epoch ${epoch}, until ${expires}${published ? ', published' : ''}`);
  if (out === undefined) speech.out(document);
  speech.result({ schema: 'assay.pins.root/1', app, env: root.env, version, epoch, expires, published, document });
}
