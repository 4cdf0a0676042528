import { generateKeyPairSync } from 'node:crypto';
import { existsSync } from 'node:fs';
import { z } from 'zod';
import { type Admin, openAdmin } from '../../admin/client.ts';
import { SERVER_HELP, SERVER_OPTIONS } from '../../admin/options.ts';
import { type Command, numberOf, operandsOf, requiredOf, textOf, type Values, type World } from '../../command.ts';
import { moment, requiredDurationOf } from '../../duration.ts';
import { EXIT, type ExitCode } from '../../exit.ts';
import { writeNewFile } from '../../keys/key-file.ts';
import { fault } from '../../reasons.ts';
import { plain } from '../../speech.ts';

const MAX_USES = 100_000;

const HELP = `
Lets simulators and CI enrol copies of an app by \`dev\` evidence: so many times, for so long, in an environment of kind
development, and only where the registered app has \`dev: true\`. The key pair is made here: the server gets the public half,
and the private one goes into FILE with mode 0600. Whoever holds FILE can enrol until the grant ends, so treat it like a
password of the CI. A file that is there already is never overwritten.

  --app ID                 the app
  --uses N                 enrolments at most, up to ${MAX_USES}
  --for SPAN               until when, at most 90d
  --out FILE               where the private half goes
  --label TEXT             who enrols by it (default: dev)
${SERVER_HELP}
  --json                   one JSON document, schema assay.dev.grant/1 (without the private half)

Exit codes: 0 granted, 2 usage, the file exists, or refused by the server, 3 server not reached or file not writable,
5 credential or address not usable.

Examples:
  assay dev grant --app com.example.bank --uses 100 --for 24h --out ci-grant.json --label 'CI of the bank app'
`;

export const devGrantCommand: Command = {
  name: 'dev grant',
  operands: '--app ID --uses N --for SPAN --out FILE [options]',
  summary: 'Lets simulators and CI enrol, counted and for a while.',
  help: HELP,
  options: {
    ...SERVER_OPTIONS,
    ...{ app: { type: 'string' }, uses: { type: 'string' }, for: { type: 'string' } },
    ...{ out: { type: 'string' }, label: { type: 'string' } },
  },
  run,
};

const Granted = z.looseObject({ id: z.string(), app: z.string(), expiresAt: z.number(), maxUses: z.number() });
const Revoked = z.looseObject({ id: z.string() });

async function run(world: World, operands: readonly string[], values: Values): Promise<ExitCode> {
  operandsOf(operands, []);
  const [app, out] = [requiredOf(values, 'app'), requiredOf(values, 'out')];
  const uses = numberOf(values, 'uses', 1, MAX_USES);
  if (uses === undefined) throw fault('cli.usage', { message: 'an option is missing', expected: '--uses' });
  const seconds = requiredDurationOf(values, 'for');
  if (existsSync(out)) throw fault('cli.file_exists', { found: out });
  const admin = openAdmin(world, values);
  const { jwk, privateJwk } = newKey();
  const wish = { app, label: textOf(values, 'label') ?? 'dev', uses, seconds, jwk };
  const { id, expiresAt, maxUses } = await admin.post('grants', wish, Granted);
  const file = { schema: 'assay.dev-grant/1', grant: id, app, issuer: `${admin.tenant}/${admin.env}`, expiresAt };
  await keep(admin, id, out, `${JSON.stringify({ ...file, key: privateJwk }, undefined, 2)}\n`);
  world.speech.out(`grant ${id} for ${plain(app)}: ${maxUses} enrolments until ${moment(expiresAt)}`);
  world.speech.out(`  private half  ${plain(out)}`);
  world.speech.result({ schema: 'assay.dev.grant/1', grant: id, app, uses: maxUses, expiresAt, file: out });
  return EXIT.ok;
}

/** What has no file to be used from is taken back at once. */
async function keep(admin: Admin, id: string, out: string, text: string): Promise<void> {
  try {
    writeNewFile(out, text, 0o600);
  } catch (error) {
    await admin.delete(`grants/${id}`, Revoked);
    throw error;
  }
}

function newKey() {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { jwk: publicKey.export({ format: 'jwk' }), privateJwk: privateKey.export({ format: 'jwk' }) };
}
