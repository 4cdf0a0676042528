/**
 * How Android's build tools and platform read single values. Sources: AOSP `XmlConfigSource`, `Pin`, `android.util.Base64`,
 * `XmlBlock`, `SimpleDateFormat`.
 */

const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['True', true],
  ['TRUE', true],
  ['false', false],
  ['False', false],
  ['FALSE', false],
]);

/** A boolean as the build tools compile it, whole numbers included; undefined for text, which the platform passes over. */
export function readBoolean(text: string): boolean | undefined {
  const word = trimAscii(text);
  if (/^(?:-?\d+|0[xX][0-9a-fA-F]+)$/.test(word)) return Number(word) !== 0;
  return BOOLEANS.get(word);
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/**
 * `Base64.decode(text, DEFAULT)`: passes over whatever is not of the alphabet, may go without padding, and takes no offence at
 * bits that are left over. Undefined where it throws.
 */
export function decodeAndroidBase64(text: string): Uint8Array | undefined {
  const digits = [...text].filter((character) => character === '=' || ALPHABET.includes(character)).join('');
  const firstPad = digits.indexOf('=');
  const data = firstPad === -1 ? digits : digits.slice(0, firstPad);
  const padding = digits.length - data.length;
  const rest = data.length % 4;
  const isComplete = padding === 0 ? rest !== 1 : rest >= 2 && digits.slice(firstPad) === '='.repeat(4 - rest);
  return isComplete ? bytesOf(data) : undefined;
}

function bytesOf(data: string): Uint8Array {
  const bytes = new Uint8Array(Math.floor((data.length * 3) / 4));
  let bits = 0;
  let at = 0;
  for (let index = 0; index < data.length; index += 1) {
    bits = ((bits << 6) | ALPHABET.indexOf(data.charAt(index))) & 0xffff;
    const pending = ((index + 1) * 6) % 8;
    if (pending < 6) bytes[at++] = (bits >> pending) & 0xff;
  }
  return bytes;
}

/** `String.trim()` of Java: up to and including the space of ASCII, and nothing else. */
export function trimAscii(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && text.charCodeAt(start) <= 0x20) start += 1;
  while (end > start && text.charCodeAt(end - 1) <= 0x20) end -= 1;
  return text.slice(start, end);
}

/**
 * The day on which a pin-set ends, as the epoch milliseconds of its first instant in UTC; on a device it is midnight of the
 * device's own zone. As `SimpleDateFormat("yyyy-MM-dd")`, not lenient, reads it: leading zeros are optional, text after the
 * day is passed over. Undefined where it throws.
 */
export function parseNscExpiration(text: string): number | undefined {
  const match = /^[ \t]*(\d{1,6})-[ \t]*(\d{1,6})-[ \t]*(\d{1,6})/.exec(text);
  if (match === null) return undefined;
  const [year = 0, month = 0, day = 0] = match.slice(1).map(Number);
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  const isDay = year > 0 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  if (!Number.isNaN(date.getTime())) return isDay ? date.getTime() : undefined;
  return month >= 1 && month <= 12 && day >= 1 && day <= 31 ? Number.POSITIVE_INFINITY : undefined;
}
