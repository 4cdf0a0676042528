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

/** What a source says about pins of hosts. A host whose pins are not all literals of the same file is left out. */
export interface StatedPins {
  readonly pinned: readonly PinnedHost[];
  readonly trustKit?: TrustKitConfig;
}

export function pinsIn(source: Source, file: string, variant: string): StatedPins {
  const literals = literalsOf(source);
  const release = variant !== 'debug' && variant !== 'test';
  const trustKit = trustKitIn(source, file, literals);
  const called = source.tokens.flatMap((token, index) =>
    token.kind === 'word' ? calledAt(source, literals, index, release) : [],
  );
  if (trustKit === undefined) return { pinned: called };
  return { pinned: [...called, ...trustKitPinnedHosts(trustKit, variant)], trustKit };
}

function calledAt(source: Source, literals: Literals, index: number, release: boolean): readonly PinnedHost[] {
  const { tokens, words } = source;
  const place = (end: number): Place =>
    source.placer.at(tokens[index]?.start ?? 0, tokens[source.pairs[end - 1] ?? 0]?.end);
  const initialize = matchAt(tokens, index, INITIALIZE.pieces);
  if (initialize !== undefined) {
    const [config] = literals.within(initialize - 1);
    return config === undefined || hasUnknown(config)
      ? []
      : pinnedHostsIn(config).map((host) => ({ ...host, release }));
  }
  const row = COMPILED.find(
    ({ compiled, fileHas }) =>
      fileHas.some((word) => words.has(word)) && matchAt(tokens, index, compiled.pieces) !== undefined,
  );
  if (row === undefined) return [];
  const end = index + row.compiled.pieces.length;
  return row.read(literals.within(end - 1), source).map((stated) => pinnedHost(stated, place(end), release));
}

function pinnedHost(stated: Stated, place: Place, release: boolean): PinnedHost {
  const { text } = stated.host;
  const subdomains = text.startsWith('**.') ? 'all' : text.startsWith('*.') ? 'one' : 'none';
  return { ...stated, subdomains, apex: subdomains !== 'one', position: 'any', enforced: true, release, place };
}

/** `add("api.example.com", "sha256/…", …)`, also with lists and constants. */
function okHttpPins(args: readonly DataValue[], { words }: Source): readonly Stated[] {
  const [host, ...rest] = args;
  const pins = rest.flatMap((each) => (each.kind === 'array' ? each.items : [each])).map(spelled);
  if (host?.kind !== 'string' || !/^[*\w-]+(?:\.[\w*-]+)*(?:[:/][^\s]*)?$/.test(host.value)) return [];
  if (pins.length === 0 || !pins.every((pin) => pin !== undefined)) return [];
  if (!pins.every(({ text }) => /^sha\d*\/|^[\w+/=:-]{20,}$/.test(text))) return [];
  const format = words.has('ktor') && !words.has('okhttp3') ? 'ktor' : 'okhttp';
  return [{ format, host: { text: host.value, place: host.place }, pins }];
}

/** `fetch(url, { pkPinning: true, sslPinning: { certs: ["sha256/…"] } })` */
function reactNativePins([url, options]: readonly DataValue[]): readonly Stated[] {
  const certs = itemsOf(dictOf(options, 'sslPinning'), 'certs').map(spelled);
  const host = hostOf(url);
  if (host === undefined || certs.length === 0) return [];
  if (!certs.every((pin) => pin?.text.startsWith('sha256/') === true)) return [];
  // The library hands the texts to OkHttp: they are spelled as OkHttp's are.
  return [{ format: 'okhttp', host, pins: certs.filter((pin) => pin !== undefined) }];
}

/** `request(url, { certificatePinning: { publicKeyHash: "…" } })`, one or a list. */
function harmonyPins([url, options]: readonly DataValue[]): readonly Stated[] {
  const pinning = entryOf(options, 'certificatePinning')?.value;
  const host = hostOf(url);
  if (pinning === undefined || host === undefined) return [];
  const each = pinning.kind === 'array' ? pinning.items : [pinning];
  const pins = each.map((item) => spelled(entryOf(item, 'publicKeyHash')?.value));
  return pins.every((pin) => pin !== undefined) ? [{ format: 'harmony', host, pins }] : [];
}

const spelled = (value: DataValue | undefined): Spelled | undefined =>
  value?.kind === 'string' ? { text: value.value, place: value.place } : undefined;

function hostOf(url: DataValue | undefined): Spelled | undefined {
  const text = url?.kind === 'string' ? /^https:\/\/([^/:?#]+)/.exec(url.value)?.[1] : undefined;
  return text === undefined || url === undefined ? undefined : { text, place: url.place };
}

/** A dictionary with TrustKit's constants as keys, in Swift or Objective-C. */
function trustKitIn(source: Source, file: string, literals: Literals): TrustKitConfig | undefined {
  if (!source.words.has('kTSKPinnedDomains')) return undefined;
  for (const [index, { text }] of source.tokens.entries()) {
    if (!text.startsWith('kTSK') || !'[{'.includes(source.tokens[index - 1]?.text ?? ' ')) continue;
    const value = literals.at(index - 1);
    if (entryOf(value, 'TSKPinnedDomains') !== undefined && !hasUnknown(value)) return readTrustKit(file, value);
  }
  return undefined;
}

function hasUnknown(value: DataValue): boolean {
  if (value.kind === 'array') return value.items.some(hasUnknown);
  if (value.kind === 'dict') return value.entries.some((entry) => hasUnknown(entry.value));
  return value.kind === 'other';
}
