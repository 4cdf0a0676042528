import { existsSync } from 'node:fs';
import {
  type Connection,
  type Document,
  type Explained,
  excerptOf,
  explain,
  type Outcome,
  readDocuments,
  type Step,
  verdictOf,
} from '@assay/pin-configs';
import { type Command, numberOf, operandsOf, textOf, textsOf, timeOf, type Values, type World } from '../../command.ts';
import { EXIT, type ExitCode } from '../../exit.ts';
import { naming, readInput, readText } from '../../input.ts';
import { describeChain, describePins } from '../../pins/described.ts';
import { parseHost, servedChain } from '../../pins/host.ts';
import { fault } from '../../reasons.ts';
import { plain, type Speech, type Style } from '../../speech.ts';

const HELP = `
Would an app with this configuration connect to HOST, and why? Each mechanism is asked by its own platform's rules: an
app connects only where all of its configurations let it. The chain is a file, or what the host serves now.

  --config FILE            a configuration or source file of the app; may be given more than once
  --chain FILE             PEM certificates of the validated path, leaf first (default: what the host serves, validated)
  --connect ADDRESS:PORT   look at the host there
  --live-roots FILE        PEM roots to validate what the host serves (default: Node's)
  --anchor WHERE           where the path's anchor lies: system (default), user, app
  --build KIND             release (default) or debug, which also takes NAME_debug.xml beside a configuration NAME.xml
  --target-sdk N           target SDK of an Android app whose manifest is not given (default 35)
  --at TIME                the device's clock, ISO 8601 (default: now)
  --zone MINUTES           the device's time zone, minutes east of UTC; write --zone=-480 for the west (default 0)
  --json                   one JSON document, schema assay.pins.explain/1

Exit codes: 0 connects, 1 is refused or the app crashes, 2 usage, or nothing in the files decides, 3 file or host not
reached, 5 the chain is none.

Examples:
  assay pins explain api.example.com --config app/src/main/res/xml/network_security_config.xml
  assay pins explain api.example.com --config Info.plist --chain next-chain.pem --at 2027-03-01T00:00:00Z
`;

const MANY = { type: 'string', multiple: true } as const;
const DEFAULT_TARGET_SDK = 35;
const TIMEOUT_MS = 10_000;

export const pinsExplainCommand: Command = {
  name: 'pins explain',
  operands: 'HOST --config FILE [options]',
  summary: 'Tells whether an app would connect to a host, and why.',
  help: HELP,
  options: {
    config: MANY,
    chain: { type: 'string' },
    connect: { type: 'string' },
    'live-roots': { type: 'string' },
    anchor: { type: 'string' },
    build: { type: 'string' },
    'target-sdk': { type: 'string' },
    at: { type: 'string' },
    zone: { type: 'string' },
  },
  run,
};

async function run(world: World, operands: readonly string[], values: Values): Promise<ExitCode> {
  const [name] = operandsOf(operands, ['HOST']);
  const { host, port } = parseHost(name);
  const files = textsOf(values, 'config');
  if (files.length === 0)
    throw fault('cli.usage', { message: 'an option is missing', expected: '--config FILE, with what the app pins by' });
  const build = oneOf(values, 'build', ['release', 'debug']);
  const named = build === 'debug' ? withDebugResources(files) : files;
  const documents = named.flatMap((file) => readDocuments(file, readInput(file)));
  const connection: Connection = {
    host,
    at: timeOf(values, 'at') ?? world.now(),
    zoneMinutes: zoneOf(values),
    build,
    anchor: oneOf(values, 'anchor', ['system', 'user', 'app']),
    path: await pathOf(world, { host, port }, values),
  };
  const targetSdk = numberOf(values, 'target-sdk', 1, 1000) ?? DEFAULT_TARGET_SDK;
  const explained = explain(documents, connection, { targetSdk });
  const verdict = verdictOf(explained) ?? undecided(documents);
  for (const each of explained) tell(world.speech, each, documents);
  world.speech.out(`${world.speech.paint(STYLE[verdict], SAID[verdict])}: ${host}`);
  world.speech.result({ schema: 'assay.pins.explain/1', answer: verdict, connection, mechanisms: explained });
  return verdict === 'connects' ? EXIT.ok : EXIT.no;
}

/** A debuggable app takes debug-overrides from the resource `<name>_debug` too, where there is one. */
function withDebugResources(files: readonly string[]): readonly string[] {
  const beside = files.filter((file) => file.endsWith('.xml')).map((file) => file.replace(/\.xml$/, '_debug.xml'));
  return [...new Set([...files, ...beside.filter((file) => existsSync(file))])];
}

const CHAIN = 'give PEM certificates of the validated path, leaf first';

async function pathOf({ signal }: World, target: ReturnType<typeof parseHost>, values: Values) {
  const chain = textOf(values, 'chain');
  if (chain !== undefined) return naming(chain, CHAIN, () => describePins(readInput(chain))).map(({ pin }) => pin);
  const roots = textOf(values, 'live-roots');
  const to = textOf(values, 'connect');
  const trust = roots === undefined ? ('system' as const) : { pem: readText(roots) };
  const connectTo = to === undefined ? undefined : parseHost(to);
  const served = await servedChain({ ...target, connectTo }, { trust, timeoutMs: TIMEOUT_MS, signal });
  return describeChain(served).map(({ pin }) => pin);
}

/** @throws RequestError `cli.usage` */
function oneOf<const T extends readonly [string, ...string[]]>(values: Values, name: string, allowed: T): T[number] {
  const text = textOf(values, name) ?? allowed[0];
  const found = allowed.find((each) => each === text);
  if (found !== undefined) return found;
  throw fault('cli.usage', { message: `--${name} is none of its values`, expected: allowed.join(', '), found: text });
}

const MAX_ZONE = 14 * 60;

function zoneOf(values: Values): number {
  const text = textOf(values, 'zone') ?? '0';
  const minutes = /^[+-]?\d{1,4}$/.test(text) ? Number(text) : Number.NaN;
  if (Math.abs(minutes) <= MAX_ZONE) return minutes;
  throw fault('cli.usage', { message: '--zone is out of range', expected: `minutes from -${MAX_ZONE} to ${MAX_ZONE}` });
}

function undecided(documents: readonly Document[]): never {
  const broken = documents.find((document) => document.kind === 'unreadable');
  throw fault('cli.document_invalid', {
    message:
      broken === undefined ? 'nothing in these files decides about connections' : 'a configuration cannot be read',
    expected: 'a network security configuration, Info.plist, network_config.json, or code with a CertificatePinner',
    hint:
      broken === undefined
        ? 'name with --config the files that hold the pins; `assay pins lint` finds them'
        : 'repair it',
    ...(broken === undefined ? {} : { found: `${broken.file}:${broken.place.line}: ${broken.message}` }),
  });
}

const STYLE: Readonly<Record<Outcome['answer'], Style>> = { connects: 'green', refused: 'red', crashes: 'red' };

const SAID: Readonly<Record<Outcome['answer'], string>> = {
  connects: 'the app connects',
  refused: 'the app refuses to connect',
  crashes: 'the app crashes, or none of its connections work',
};

function tell(speech: Speech, { mechanism, platform, file, outcome }: Explained, documents: readonly Document[]): void {
  const { answer, because, trace } = outcome;
  const title = platform === undefined ? mechanism : `${mechanism} on ${platform}`;
  speech.out(`${speech.paint('bold', plain(file))}  ${title}  ${speech.paint(STYLE[answer], answer)} (${because})`);
  const text = documents.find((document) => document.file === file)?.text;
  for (const step of trace) tellStep(speech, step, text);
  speech.out();
}

function tellStep(speech: Speech, { text: said, place }: Step, text: string | undefined): void {
  speech.out(
    `  ${plain(said)}${place === undefined || place.line < 1 ? '' : speech.paint('dim', `  line ${place.line}`)}`,
  );
  const [line] = place === undefined ? [] : excerptOf(text, place);
  if (line !== undefined) speech.out(speech.paint('dim', `    | ${plain(line.trim())}`));
}
