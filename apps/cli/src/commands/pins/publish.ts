import { type Finding, type LintContext, lintPinSet, type PinSet, type RootDocument, signPinSet } from '@assay/pins';
import { z } from 'zod';
import { type Admin, openAdmin } from '../../admin/client.ts';
import { SERVER_HELP, SERVER_OPTIONS } from '../../admin/options.ts';
import { type Command, operandsOf, requiredOf, textOf, textsOf, type Values, type World } from '../../command.ts';
import { readDocument } from '../../documents.ts';
import { EXIT, type ExitCode } from '../../exit.ts';
import { readText } from '../../input.ts';
import { readSigningKey } from '../../keys/key-file.ts';
import { describeChain } from '../../pins/described.ts';
import { readElsewhere } from '../../pins/elsewhere.ts';
import { servedChain } from '../../pins/host.ts';
import { readPublished } from '../../pins/published.ts';
import { completeSet, SetFile } from '../../pins/set-file.ts';
import { fault } from '../../reasons.ts';
import type { Speech } from '../../speech.ts';

const HELP = `
Signs a pin set on this machine and hands the signed text to the server, which never sees the key. A set that would cut
apps off (a single pin, no backup, none that the host serves now, an expiry that is past) is not signed, and each finding
says why. FILE is JSON; what it leaves out is filled in: the next version, now, half a year, the epoch of the root document.

  {
    "hosts": [{ "h": "api.example.com", "spki": ["<pin in use>", "<backup pin>"] }],
    "exp": "2027-05-20T00:00:00Z"
  }

More members: nbf, v, refresh (seconds), on_expiry (keep, block, system), report_to; of a host: sub, mode (enforce, monitor),
exp, revoked.

  --app APP                the app
  --set FILE               the set
  --pins-key FILE          private key that the app's root document names for pins
  --live-roots FILE        PEM roots that the hosts' chains are validated by (default: Node's)
  --connect HOST=ADDRESS:PORT   look at this host there; may be given more than once
  --skip-live-check        do not compare with what the hosts serve now: a slip then cuts apps off unnoticed
  --accept-open-on-expiry  sign a set with on_expiry system: after its end any certificate authority will do
  --dry-run                sign and check, publish nothing
${SERVER_HELP}
  --json                   one JSON document, schema assay.pins.publish/1

Exit codes: 0 published, 2 the set is not in its form, or refused by the server, 3 file, server or host not reached,
5 the set would cut apps off; key, credential or address not usable.

Examples:
  assay pins publish --app com.example.bank --pins-key pins.key --set pins.json
  assay pins publish --app com.example.bank --pins-key pins.key --set pins.json --dry-run --json
`;

export const pinsPublishCommand: Command = {
  name: 'pins publish',
  operands: '--app APP --set FILE --pins-key FILE [options]',
  summary: 'Signs a pin set here and publishes it.',
  help: HELP,
  options: {
    ...SERVER_OPTIONS,
    app: { type: 'string' },
    set: { type: 'string' },
    'pins-key': { type: 'string' },
    'live-roots': { type: 'string' },
    connect: { type: 'string', multiple: true },
    'skip-live-check': { type: 'boolean' },
    'accept-open-on-expiry': { type: 'boolean' },
    'dry-run': { type: 'boolean' },
  },
  run,
};

const Answer = z.looseObject({ epoch: z.int(), version: z.int(), hash: z.string() });
const TIMEOUT_MS = 10_000;

async function run(world: World, operands: readonly string[], values: Values): Promise<ExitCode> {
  operandsOf(operands, []);
  const app = requiredOf(values, 'app');
  const file = readDocument(requiredOf(values, 'set'), SetFile);
  const signer = readSigningKey(requiredOf(values, 'pins-key'));
  const admin = openAdmin(world, values);
  const { root, set } = await placed(admin, app, file, world.now());
  const context = await contextOf(world, values, set, root);
  const findings = lintPinSet(set, context);
  showFindings(world.speech, findings);
  const document = await signPinSet(set, [signer], context);
  const hash = values['dry-run'] === true ? undefined : await publish(admin, app, document);
  const place = `epoch ${set.epoch}, version ${set.v}`;
  world.speech.out(
    hash === undefined ? `${app}: ${place} is signed and not published` : `${app}: ${place} is published`,
  );
  const { epoch, v: version } = set;
  const published = hash !== undefined;
  world.speech.result({
    schema: 'assay.pins.publish/1',
    app,
    epoch,
    version,
    published,
    hash: hash ?? null,
    findings,
    set,
  });
  return EXIT.ok;
}

async function publish(admin: Admin, app: string, document: string): Promise<string> {
  return (await admin.post(`apps/${encodeURIComponent(app)}/pins`, { document }, Answer)).hash;
}

/** The set at its place behind the newest one. A server that lied about either could only make apps refuse the set. */
async function placed(admin: Admin, app: string, file: SetFile, now: number) {
  const { root, newest } = await readPublished(admin, app, now);
  if (root === undefined) {
    throw fault('cli.server_refused', {
      message: `no root document is published for ${app}`,
      hint: `assay pins root --app ${app} --root-key … --pins-key … --publish`,
    });
  }
  const nextVersion = newest?.epoch === root.epoch ? newest.v + 1 : 1;
  return { root, set: completeSet(file, { app, env: admin.env, epoch: root.epoch, nextVersion, now }) };
}

async function contextOf(world: World, values: Values, set: PinSet, root: RootDocument): Promise<LintContext> {
  const served = values['skip-live-check'] === true ? undefined : await servedPins(world, values, set);
  return {
    ...{ root, now: world.now() },
    ...(served === undefined ? {} : { served }),
    ...(values['accept-open-on-expiry'] === true ? { acceptOpenOnExpiry: true } : {}),
  };
}

/** The pins of each host's validated chain, as it is served now. */
async function servedPins({ signal }: World, values: Values, set: PinSet): Promise<ReadonlyMap<string, string[]>> {
  const roots = textOf(values, 'live-roots');
  const trust = roots === undefined ? 'system' : { pem: readText(roots) };
  const elsewhere = new Map(textsOf(values, 'connect').map(readElsewhere));
  const looked = set.hosts.map(async ({ h }) => {
    const target = { host: h, port: 443, connectTo: elsewhere.get(h) };
    const chain = await servedChain(target, { trust, timeoutMs: TIMEOUT_MS, signal });
    return [h, describeChain(chain).map(({ pin }) => pin)] as const;
  });
  return new Map(await Promise.all(looked));
}

function showFindings(speech: Speech, findings: readonly Finding[]): void {
  for (const { severity, rule, host, why } of findings) {
    const where = host === undefined ? '' : ` ${host}`;
    speech.talk(`${speech.paint(severity === 'error' ? 'red' : 'yellow', severity)}  ${rule}${where}: ${why}`);
  }
}
