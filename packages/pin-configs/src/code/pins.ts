import { readTrustKit, trustKitPinnedHosts } from '../apple/read-trustkit.ts';
import type { TrustKitConfig } from '../apple/trustkit.ts';
import { type DataValue, dictOf, entryOf, itemsOf } from '../data/value.ts';
import { pinnedHostsIn } from '../pin-list/read.ts';
import type { Format, PinnedHost, Spelled } from '../pinned-host.ts';
import type { Place } from '../place.ts';
import { type Literals, literalsOf } from './literal.ts';
import { matchAt, patternOf } from './pattern.ts';
import type { Source } from './source.ts';

/** A host with its pins before the common form is made of it. */
interface Stated {
  readonly format: Format;
  readonly host: Spelled;
  readonly pins: readonly Spelled[];
  /** False when the call states more pins, which the file alone does not tell. */
  readonly isWhole: boolean;
}

/** A call that states pins. `args` are the values between its brackets; what is no literal is `other`. */
interface CallRow {
  readonly pattern: string;
  /** A word that the file must have. */
  readonly fileHas: readonly string[];
  read(args: readonly DataValue[], source: Source): readonly Stated[];
}

const CALLS: readonly CallRow[] = [
  { pattern: 'add (', fileHas: ['CertificatePinner'], read: okHttpPins },
  { pattern: 'Pin (', fileHas: ['CertificatePinner'], read: okHttpPins },
  { pattern: 'fetch (', fileHas: ['sslPinning'], read: reactNativePins },
  { pattern: 'request (', fileHas: ['certificatePinning'], read: harmonyPins },
];
const COMPILED = CALLS.map((row) => ({ ...row, compiled: patternOf(row.pattern) }));
const INITIALIZE = patternOf('initializeSslPinning (');

/** What a source says about pins of hosts. */
export interface StatedPins {
  /** Hosts whose pins are all literals of the same file. */
  readonly pinned: readonly PinnedHost[];
  /** Hosts of which only some are: what each pin is can be judged, and not the list. */
  readonly partly: readonly PinnedHost[];
  readonly trustKit?: TrustKitConfig;
}

export function pinsIn(source: Source, file: string, variant: string): StatedPins {
  const literals = literalsOf(source);
  const release = variant !== 'debug' && variant !== 'test';
  const { trustKit, isWhole = true } = trustKitIn(source, file, literals) ?? {};
  const called = source.tokens.flatMap((token, index) =>
    token.kind === 'word' ? calledAt(source, literals, index, release) : [],
  );
  const dictionary = trustKit === undefined ? [] : trustKitPinnedHosts(trustKit, variant);
  const all = [...called, ...dictionary.map((host) => ({ host, isWhole }))];
  return {
    pinned: all.filter((each) => each.isWhole).map(({ host }) => host),
    partly: all.filter((each) => !each.isWhole).map(({ host }) => host),
    ...(trustKit === undefined || !isWhole ? {} : { trustKit }),
  };
}

interface Called {
  readonly host: PinnedHost;
  readonly isWhole: boolean;
}

function calledAt(source: Source, literals: Literals, index: number, release: boolean): readonly Called[] {
  const { tokens, words } = source;
  const place = (end: number): Place =>
    source.placer.at(tokens[index]?.start ?? 0, tokens[source.pairs[end - 1] ?? 0]?.end);
  const initialize = matchAt(tokens, index, INITIALIZE.pieces);
  if (initialize !== undefined) {
    const [config] = literals.within(initialize - 1);
    if (config === undefined) return [];
    const isWhole = !hasUnknown(config);
    return pinnedHostsIn(config).map((host) => ({ host: { ...host, release }, isWhole }));
  }
  const row = COMPILED.find(
    ({ compiled, fileHas }) =>
      fileHas.some((word) => words.has(word)) && matchAt(tokens, index, compiled.pieces) !== undefined,
  );
  if (row === undefined) return [];
  const end = index + row.compiled.pieces.length;
  return row.read(literals.within(end - 1), source).map(({ isWhole, ...stated }) => {
    return { host: pinnedHost(stated, place(end), release), isWhole };
  });
}

function pinnedHost(stated: Omit<Stated, 'isWhole'>, place: Place, release: boolean): PinnedHost {
  const { text } = stated.host;
  const subdomains = text.startsWith('**.') ? 'all' : text.startsWith('*.') ? 'one' : 'none';
  return { ...stated, subdomains, apex: subdomains !== 'one', position: 'any', enforced: true, release, place };
}

/** `add("api.example.com", "sha256/…", …)`, also with lists and constants. */
function okHttpPins(args: readonly DataValue[], { words }: Source): readonly Stated[] {
  const [host, ...rest] = args;
  const all = rest.flatMap((each) => (each.kind === 'array' ? each.items : [each])).map(spelled);
  const pins = all.filter((pin) => pin !== undefined);
  const isWhole = pins.length === all.length;
  if (host?.kind !== 'string' || !/^[*\w-]+(?:\.[\w*-]+)*(?:[:/][^\s]*)?$/.test(host.value)) return [];
  // Among values that are not known only what is written as a pin is taken for one.
  const form = isWhole ? /^sha\d*\/|^[\w+/=:-]{20,}$/ : /^sha\d*\/./;
  if (pins.length === 0 || !pins.every(({ text }) => form.test(text))) return [];
  const format = words.has('ktor') && !words.has('okhttp3') ? 'ktor' : 'okhttp';
  return [{ format, host: { text: host.value, place: host.place }, pins, isWhole }];
}

/** `fetch(url, { pkPinning: true, sslPinning: { certs: ["sha256/…"] } })` */
function reactNativePins([url, options]: readonly DataValue[]): readonly Stated[] {
  const certs = itemsOf(dictOf(options, 'sslPinning'), 'certs').map(spelled);
  const host = hostOf(url);
  const pins = certs.filter((pin) => pin !== undefined);
  if (host === undefined || pins.length === 0 || !pins.every(({ text }) => text.startsWith('sha256/'))) return [];
  // The library hands the texts to OkHttp: they are spelled as OkHttp's are.
  return [{ format: 'okhttp', host, pins, isWhole: pins.length === certs.length }];
}

/** `request(url, { certificatePinning: { publicKeyHash: "…" } })`, one or a list. */
function harmonyPins([url, options]: readonly DataValue[]): readonly Stated[] {
  const pinning = entryOf(options, 'certificatePinning')?.value;
  const host = hostOf(url);
  if (pinning === undefined || host === undefined) return [];
  const each = pinning.kind === 'array' ? pinning.items : [pinning];
  const pins = each.map((item) => spelled(entryOf(item, 'publicKeyHash')?.value)).filter((pin) => pin !== undefined);
  return pins.length === 0 ? [] : [{ format: 'harmony', host, pins, isWhole: pins.length === each.length }];
}

const spelled = (value: DataValue | undefined): Spelled | undefined =>
  value?.kind === 'string' ? { text: value.value, place: value.place } : undefined;

function hostOf(url: DataValue | undefined): Spelled | undefined {
  const text = url?.kind === 'string' ? /^https:\/\/([^/:?#]+)/.exec(url.value)?.[1] : undefined;
  return text === undefined || url === undefined ? undefined : { text, place: url.place };
}

interface Dictionary {
  readonly trustKit: TrustKitConfig;
  readonly isWhole: boolean;
}

/** A dictionary with TrustKit's constants as keys, in Swift or Objective-C. */
function trustKitIn(source: Source, file: string, literals: Literals): Dictionary | undefined {
  if (!source.words.has('kTSKPinnedDomains')) return undefined;
  for (const [index, { text }] of source.tokens.entries()) {
    if (!text.startsWith('kTSK') || !'[{'.includes(source.tokens[index - 1]?.text ?? ' ')) continue;
    const value = literals.at(index - 1);
    const trustKit = entryOf(value, 'TSKPinnedDomains') === undefined ? undefined : readTrustKit(file, value);
    if (trustKit !== undefined) return { trustKit, isWhole: !hasUnknown(value) };
  }
  return undefined;
}

function hasUnknown(value: DataValue): boolean {
  if (value.kind === 'array') return value.items.some(hasUnknown);
  if (value.kind === 'dict') return value.entries.some((entry) => hasUnknown(entry.value));
  return value.kind === 'other';
}
