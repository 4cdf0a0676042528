import { decodeAndroidBase64 } from '../../../android/values.ts';
import { FORMAT_TRAITS } from '../../../formats.ts';
import { classifyPin, type PinClass } from '../../../known/classify-pin.ts';
import { okHttpDigest } from '../../../okhttp/digest.ts';
import type { Format, PinnedHost, Spelled } from '../../../pinned-host.ts';
import type { Project } from '../../../project.ts';
import { hostsInPart, type SeenHost } from './seen.ts';

/** One pin of one host. */
export interface SeenPin extends SeenHost {
  readonly spelled: Spelled;
  readonly shape: PinClass;
}

/** Every pin once: hosts that share a list of pins share its faults. */
export function* pinsOf(project: Project): Iterable<SeenPin> {
  const seen = new Set<Spelled>();
  const lists = new Set<PinnedHost['pins']>();
  for (const { document, host } of hostsInPart(project)) {
    if (lists.has(host.pins)) continue;
    lists.add(host.pins);
    for (const spelled of host.pins) {
      if (seen.has(spelled)) continue;
      seen.add(spelled);
      yield { document, host, spelled, shape: shapeOf(host, spelled) };
    }
  }
}

/** A pin is looked at by a dozen rules, and is the same to each. */
const SHAPES = new WeakMap<Spelled, Map<string, PinClass>>();

function shapeOf({ format }: PinnedHost, spelled: Spelled): PinClass {
  const { prefix } = FORMAT_TRAITS[format];
  const known = SHAPES.get(spelled) ?? new Map<string, PinClass>();
  const shape = known.get(prefix) ?? classifyPin(spelledWhole(format, spelled), prefix);
  SHAPES.set(spelled, known.set(prefix, shape));
  return shape;
}

/** What tells one pin from another, however it is spelled; of what is no pin its text. */
export function identityOf(host: PinnedHost, spelled: Spelled): string {
  const { kind, value } = shapeOf(host, spelled);
  return kind === 'pin' ? canonical(value) : spelled.text.trim();
}

/** Formats whose decoders pass over white space: an editor may have broken the line of a long pin. */
const PASS_OVER_SPACE: ReadonlySet<Format> = new Set<Format>(['nsc', 'trustkit-android', 'okhttp', 'ktor']);

const spelledWhole = (format: Format, { text }: Spelled): string =>
  PASS_OVER_SPACE.has(format) ? text.replace(/\s+/g, '') : text;

/** The distinct keys that a host's pins name; what can be no key's pin is left out. */
export function keysOf(host: PinnedHost): readonly string[] {
  const { prefix } = FORMAT_TRAITS[host.format];
  const known = KEYS.get(host.pins) ?? new Map<string, readonly string[]>();
  const keys = known.get(prefix) ?? distinctKeys(host);
  KEYS.set(host.pins, known.set(prefix, keys));
  return keys;
}

/** Hosts share their lists of pins, and rules ask again and again. */
const KEYS = new WeakMap<PinnedHost['pins'], Map<string, readonly string[]>>();

function distinctKeys(host: PinnedHost): readonly string[] {
  const shapes = host.pins.map((spelled) => shapeOf(host, spelled)).filter(({ kind }) => kind === 'pin');
  return [...new Set(shapes.map(({ value }) => canonical(value)))];
}

/** One spelling of 32 bytes: standard alphabet, padded. */
const canonical = (value: string): string => `${value.replace(/=$/, '').replaceAll('-', '+').replaceAll('_', '/')}=`;

/** What a format's own decoder makes of a value: how many bytes, or that it refuses it. */
export function decodedLength(format: Format, text: string, { value }: PinClass): number | undefined {
  return (DECODERS[format] ?? strictLength)(text, value);
}

type Decoder = (text: string, value: string) => number | undefined;

const DECODERS: Partial<Record<Format, Decoder>> = {
  nsc: (text) => decodeAndroidBase64(text)?.length,
  'trustkit-android': (text) => decodeAndroidBase64(text)?.length,
  okhttp: (_, value) => okHttpLength(value),
  ktor: (_, value) => okHttpLength(value),
  ats: (text) => strictLength(text, text),
  'trustkit-ios': (text) => strictLength(text, text),
  // Lists are data for some code: its decoder is unknown, so only what every decoder refuses counts.
  'pin-list': (_, value) => okHttpLength(value),
};

function okHttpLength(value: string): number | undefined {
  const digits = okHttpDigest(`sha256/${value}`);
  return digits === undefined ? undefined : Math.floor((digits.length * 3) / 4);
}

/** RFC 4648 with padding, and nothing around it. */
function strictLength(_: string, value: string): number | undefined {
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(value) || value === '') return undefined;
  return Math.floor((value.replace(/=+$/, '').length * 3) / 4);
}
