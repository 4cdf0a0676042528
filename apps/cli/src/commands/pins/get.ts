import { existsSync } from 'node:fs';
import { AssayError } from '@assay/core';
import { type Command, textOf, textsOf, timeOf, type Values, type World } from '../../command.ts';
import { EXIT, type ExitCode, exitCodeOf } from '../../exit.ts';
import { naming, readInput, readStdin } from '../../input.ts';
import { type DescribedPin, described, FORMS, readPins } from '../../pins/described.ts';
import { parseHost } from '../../pins/host.ts';
import { type Judged, type Judges, judge, type Looked, lookAll, type Unreached } from '../../pins/looked.ts';
import type { LookOptions } from '../../pins/net/look.ts';
import { lookOptionsOf, NETWORK_HELP, NETWORK_OPTIONS } from '../../pins/network.ts';
import { askPassphrase, passphraseOf } from '../../pins/passphrase.ts';
import { readRoots } from '../../pins/path.ts';
import { compareWith, type Earlier, readEarlier, type Survival } from '../../pins/survival.ts';
import { tellJudged, tellPin } from '../../pins/told.ts';
import { readLogLists } from '../../pins/transparency/log-lists.ts';
import { fault } from '../../reasons.ts';
import { plain } from '../../speech.ts';

const HELP = `
Prints pins: base64 SHA-256 of a SubjectPublicKeyInfo (RFC 7469 2.4), with what stands behind each. A FILE is PEM or DER:
certificates, a certificate request, a public or private key (of which nothing but the pin is shown), a PKCS#7 bundle or a
PKCS#12 file; - is stdin. A HOST (HOST:PORT, default 443, [IPv6]:PORT) is asked over TLS with its name as SNI.

What a host sends is shown as it came, also when it is forged: read whether the path is valid, and compare it with what you
know. Of certificates is told: key, lifetime, issuer, whether they lead to a root, the stapled OCSP response, timestamps of
certificate transparency (inside the certificate and in the OCSP response; Node does not show those of the handshake).

  --connect ADDRESS:PORT   connect there instead; the host's name still goes into the handshake
  --all-addresses          ask every address of the host
${NETWORK_HELP}
  --roots FILE             PEM roots of one's own to judge paths by (default: Node's, by the rules of the public web)
  --log-list FILE          a list of transparency logs, of Google (v3) or Apple (v5); may be given more than once
  --log-list-sig FILE      Google's signature of its list, which must hold
  --before FILE            what an earlier run wrote with --json: did the key survive the renewal?
  --passphrase-file FILE   opens PKCS#12 files and encrypted keys; else it is asked for at a terminal
  --at TIME                judge as of then, ISO 8601 (default: now)
  --json                   one JSON document, schema assay.pins.get/1

Exit codes: 0 shown, 2 usage, or not in its form, 3 file or host not reached, 5 a file that no pin can be taken from, or a list
or root that cannot be used. Of several sources the others are shown.

Examples:
  assay pins get api.example.com
  assay pins get mail.example.com:587 --starttls smtp --all-addresses
  assay pins get chain.pem backup.csr key.p12 --json
  openssl s_client -connect api.example.com:443 -showcerts < /dev/null | assay pins get -
`;

export const pinsGetCommand: Command = {
  name: 'pins get',
  operands: 'HOST|FILE… [options]',
  summary: 'Prints the pins of a host, a chain, a request, a bundle or a key.',
  help: HELP,
  options: {
    connect: { type: 'string' },
    'all-addresses': { type: 'boolean' },
    ...NETWORK_OPTIONS,
    roots: { type: 'string' },
    'log-list': { type: 'string', multiple: true },
    'log-list-sig': { type: 'string' },
    before: { type: 'string' },
    'passphrase-file': { type: 'string' },
    at: { type: 'string' },
  },
  run,
};

/** One source with its pins; what is judged is there only where there is a chain. */
interface Found extends Partial<Omit<Judged, 'pins'>>, Partial<Pick<Looked, 'addresses' | 'protocol'>> {
  readonly source: 'host' | 'file';
  readonly name: string;
  readonly pins: readonly DescribedPin[];
  readonly survival?: Survival;
}

interface Plan {
  readonly look: LookOptions & { readonly allAddresses: boolean };
  readonly connect: string | undefined;
  readonly judges: Judges;
  readonly passphrase: string | undefined;
  readonly earlier: Earlier | undefined;
}

async function run(world: World, operands: readonly string[], values: Values): Promise<ExitCode> {
  if (operands.length === 0) throw fault('cli.usage', { expected: 'HOST or FILE' });
  const plan = planOf(world, values);
  const sources: Found[] = [];
  const unreached: unknown[] = [];
  const unread: AssayError[] = [];
  for (const name of operands) {
    if (!isFile(name)) await fromHost(world, name, plan, { sources, unreached });
    else await fromFile(world, name, plan).then((found) => sources.push(found), notingIn(unread));
  }
  if (sources.length === 0) throw unread[0] ?? unreached[0];
  for (const each of unread) tellUnread(world.speech, each);
  for (const found of sources) show(world, found, plan);
  world.speech.result({ schema: 'assay.pins.get/1', trusted: false, sources: sources.map(toDocument) });
  const [first] = unread.filter(({ family }) => family !== 'upstream');
  if (first !== undefined) return exitCodeOf(first);
  return unreached.length + unread.length === 0 ? EXIT.ok : EXIT.unreachable;
}

/** A file that cannot be read, or holds no pin, is told, and the others are shown. */
function notingIn(unread: AssayError[]): (error: unknown) => void {
  return (error) => {
    if (!(error instanceof AssayError)) throw error;
    unread.push(error);
  };
}

function tellUnread(speech: World['speech'], { message, code, detail: { found, hint } }: AssayError): void {
  speech.talk(`${plain(message, 600)}${found === undefined ? '' : `: ${plain(found)}`} (${code})`);
  if (hint !== undefined) speech.talk(`  next:     ${plain(hint, 600)}`);
}

function planOf(world: World, values: Values): Plan {
  const at = timeOf(values, 'at') ?? world.now();
  const before = textOf(values, 'before');
  return {
    look: { ...lookOptionsOf(world, values), allAddresses: values['all-addresses'] === true, roots: [] },
    connect: textOf(values, 'connect'),
    judges: {
      roots: readRoots(textOf(values, 'roots'), at),
      lists: readLogLists(textsOf(values, 'log-list'), textOf(values, 'log-list-sig')),
      at,
    },
    passphrase: passphraseOf(values),
    earlier: before === undefined ? undefined : readEarlier(before),
  };
}

const FILE_ENDINGS = /\.(?:pem|der|crt|cer|csr|p8|key|pub|p7b|p7c|p12|pfx)$/i;

/** A name with a slash or a usual ending is a file also when it is missing: no host is asked by a slip. */
function isFile(name: string): boolean {
  if (/^[a-z]+:\/\//i.test(name)) return false; // an address of the web, for which parseHost has the next step
  return name === '-' || /[\\/]/.test(name) || FILE_ENDINGS.test(name) || existsSync(name);
}

async function fromFile(world: World, name: string, plan: Plan): Promise<Found> {
  const bytes = name === '-' ? await readStdin(world, MAX_STDIN) : readInput(name);
  const pins = await pinsOfFile(name, bytes, plan.passphrase);
  const chain = pins.flatMap(({ certificate }) => certificate ?? []);
  const found = { source: 'file', name, pins: pins.map(described) } as const;
  const judged =
    chain.length === 0 ? {} : { ...judge({ chain, ocsp: undefined }, undefined, plan.judges), pins: found.pins };
  return withSurvival({ ...found, ...judged }, plan);
}

const calledOf = (name: string): string => (name === '-' ? 'stdin' : name);

const MAX_STDIN = 4 << 20;

async function pinsOfFile(
  name: string,
  bytes: Uint8Array,
  passphrase: string | undefined,
): Promise<ReturnType<typeof readPins>> {
  const read = (given: string | undefined) =>
    naming(calledOf(name), FORMS, () => readPins(bytes, { passphrase: given }));
  try {
    return read(passphrase);
  } catch (error) {
    if (!(error instanceof AssayError) || error.code !== 'pins.passphrase_needed') throw error;
    const typed = await askPassphrase(plain(calledOf(name)));
    if (typed === undefined) throw error;
    return read(typed);
  }
}

async function fromHost(
  { speech }: World,
  name: string,
  plan: Plan,
  into: { readonly sources: Found[]; readonly unreached: unknown[] },
): Promise<void> {
  const { host, port } = parseHost(name, plan.look.startTls?.port);
  const shown = `${host.includes(':') ? `[${host}]` : host}:${port}`;
  speech.talk(`${shown} is asked for its chain; whether to trust it is not decided here`);
  const connectTo = plan.connect === undefined ? undefined : parseHost(plan.connect, port);
  const { looked, unreached } = await reached(() => lookAll({ host, port, connectTo }, plan.look, plan.judges));
  for (const each of unreached) tellUnreached(speech, shown, each);
  into.unreached.push(...unreached.map(({ error }) => error));
  into.sources.push(...looked.map((each) => withSurvival({ source: 'host', name: shown, ...each }, plan)));
}

/** A name without an address is a host that cannot be reached, like one that does not answer. */
async function reached(ask: () => ReturnType<typeof lookAll>): ReturnType<typeof lookAll> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof AssayError && error.family === 'upstream') {
      return { looked: [], unreached: [{ address: undefined, error }] };
    }
    throw error;
  }
}

function tellUnreached(speech: World['speech'], name: string, { address, error }: Unreached): void {
  if (!(error instanceof AssayError)) throw error;
  const where = address === undefined ? name : `${name} at ${address}`;
  speech.talk(
    `${where}: ${plain(error.message)}${error.detail.found === undefined ? '' : `: ${plain(error.detail.found)}`}`,
  );
}

function withSurvival(found: Found, { earlier }: Plan): Found {
  return earlier === undefined ? found : { ...found, survival: compareWith(earlier, found.name, found.pins) };
}

function show({ speech }: World, found: Found, { judges }: Plan): void {
  const { source, name, pins, path, ocsp, transparency, survival, addresses = [], protocol } = found;
  const how = [source === 'host' ? 'as served' : '', addresses.join(' '), protocol ?? ''].filter((part) => part !== '');
  speech.out(`${speech.paint('bold', plain(source === 'file' ? calledOf(name) : name))}  ${how.join(', ')}`.trimEnd());
  if (path !== undefined && ocsp !== undefined && transparency !== undefined) {
    tellJudged(speech, { pins, path, ocsp, transparency }, survival);
  }
  for (const pin of pins) tellPin(speech, pin, judges.at);
}

/** The path without its certificates, whose pins stand in `pins`. */
function toDocument({ path, ...found }: Found) {
  if (path === undefined) return found;
  if (!path.valid) return { ...found, path };
  const { certificates: _certificates, ...told } = path;
  return { ...found, path: told };
}
