import type { Connection, Outcome, Step } from '../match/outcome.ts';
import type { Spelled } from '../pinned-host.ts';
import { okHttpDigest } from './digest.ts';

/** One `add(pattern, pins…)` of a `CertificatePinner.Builder`. */
export interface OkHttpEntry {
  readonly pattern: Spelled;
  readonly pins: readonly Spelled[];
}

/** What a host name may not hold (OkHttp `containsInvalidHostnameAsciiCodes`), besides control characters and the space. */
const FORBIDDEN = '#%/:?@[\\]\u007F';

/** `name` alone, `*.name` or `**.name`: an asterisk anywhere else is refused when the pinner is built. */
export function isOkHttpPattern(pattern: string): boolean {
  const host = pattern.replace(/^\*\*?\./, '');
  return host !== '' && [...host].every((character) => character > ' ' && !`*${FORBIDDEN}`.includes(character));
}

/**
 * Would a client with this `CertificatePinner` connect? Sources: OkHttp `CertificatePinner`, okio `decodeBase64`. The pins of all
 * patterns that fit are one set; a host that none fits is not pinned. A pin of the wrong length is accepted and never matches.
 * `sha1/` pins are not compared, because a connection is described by its SHA-256 pins; the trace says so.
 */
export function matchOkHttp(entries: readonly OkHttpEntry[], connection: Connection): Outcome {
  const broken = entries.flatMap(faultsOf);
  if (broken.length > 0) return { answer: 'crashes', because: 'configuration_invalid', trace: broken };
  const fitting = entries.filter(({ pattern }) => fits(pattern.text, connection.host));
  const chosen = fitting.map(({ pattern }) => ({
    text: `${pattern.text} fits ${connection.host}`,
    place: pattern.place,
  }));
  const pins = fitting.flatMap((entry) => entry.pins);
  const { trace, ...checked } = checkPins(pins, connection);
  return { ...checked, trace: [...chosen, ...trace] };
}

function faultsOf({ pattern, pins }: OkHttpEntry): readonly Step[] {
  const badPattern = { text: `${pattern.text} is no pattern: the builder throws`, place: pattern.place };
  const badPins = pins.filter(({ text }) => okHttpDigest(text) === undefined);
  return [
    ...(isOkHttpPattern(pattern.text) ? [] : [badPattern]),
    ...badPins.map(({ place }) => ({ text: 'a pin is not sha256/ or sha1/ with base64: the builder throws', place })),
  ];
}

/** `*.` is one label more and not the name itself, `**.` is the name and all below it. */
function fits(pattern: string, host: string): boolean {
  const name = host.toLowerCase();
  const wanted = pattern.toLowerCase();
  if (wanted.startsWith('**.')) return name === wanted.slice(3) || name.endsWith(wanted.slice(2));
  if (!wanted.startsWith('*.')) return name === wanted;
  const suffix = wanted.slice(1);
  return name.endsWith(suffix) && !name.slice(0, -suffix.length).includes('.');
}

function checkPins(pins: readonly Spelled[], { path }: Connection): Outcome {
  if (path.length === 0) {
    return { answer: 'refused', because: 'untrusted', trace: [{ text: 'no path to a trusted certificate was found' }] };
  }
  if (pins.length === 0) {
    return { answer: 'connects', because: 'unpinned', trace: [{ text: 'no pattern with pins fits the host' }] };
  }
  const served = new Set(path.map((pin) => okHttpDigest(`sha256/${pin}`)));
  const match = pins.find(({ text }) => text.startsWith('sha256/') && served.has(okHttpDigest(text)));
  if (match !== undefined) {
    return {
      answer: 'connects',
      because: 'pin_matched',
      trace: [{ text: 'this pin is in the path', place: match.place }],
    };
  }
  const because = pins.some(({ text }) => isUsable(text)) ? 'no_pin_matched' : 'no_usable_pin';
  return { answer: 'refused', because, trace: pins.map(mismatchStep) };
}

function mismatchStep({ text, place }: Spelled): Step {
  if (text.startsWith('sha1/')) return { text: 'this pin of SHA-1 was not compared', place };
  return {
    text: isUsable(text) ? 'this pin is not in the path' : 'this pin has not 32 bytes and never matches',
    place,
  };
}

/** 32 bytes are 43 digits without padding. */
const isUsable = (text: string): boolean => text.startsWith('sha1/') || okHttpDigest(text)?.length === 43;
