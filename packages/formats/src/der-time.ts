import { FormatError } from './error.ts';
import { TAG } from './tlv.ts';

/** Digits of the year per type of time. */
const YEAR_DIGITS: Readonly<Record<number, number>> = { [TAG.UTC_TIME]: 2, [TAG.GENERALIZED_TIME]: 4 };

/**
 * Epoch milliseconds of a UTCTime or GeneralizedTime in the form of RFC 5280 4.1.2.5: seconds present, no fraction,
 * `Z`. Undefined when the identifier is neither.
 */
export function toTime(identifier: number, bytes: Uint8Array, start: number, end: number): number | undefined {
  const digits = YEAR_DIGITS[identifier];
  if (digits === undefined) return undefined;
  const isInForm = end - start === digits + 11 && bytes[end - 1] === 0x5a;
  const time = isInForm ? readTime(bytes, start, digits) : Number.NaN;
  if (Number.isNaN(time)) throw new FormatError('der.time_invalid', start);
  return time;
}

/** NaN when a digit is no digit or the fields name no moment. */
function readTime(bytes: Uint8Array, start: number, digits: number): number {
  const year = digits === 4 ? pair(bytes, start) * 100 + pair(bytes, start + 2) : fullYear(pair(bytes, start));
  const rest = start + digits;
  const month = pair(bytes, rest);
  const day = pair(bytes, rest + 2);
  const hour = pair(bytes, rest + 4);
  const minute = pair(bytes, rest + 6);
  const second = pair(bytes, rest + 8);
  // A day or month out of range rolls over into another month; a leap second has no epoch time. NaN fails each test.
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  if (!(date.getUTCMonth() === month - 1 && hour <= 23 && minute <= 59 && second <= 59)) return Number.NaN;
  return date.setUTCHours(hour, minute, second, 0);
}

/** RFC 5280 4.1.2.5.1: two digits mean 1950 to 2049. */
function fullYear(year: number): number {
  return year >= 50 ? 1900 + year : 2000 + year;
}

function pair(bytes: Uint8Array, at: number): number {
  return digit(bytes[at]) * 10 + digit(bytes[at + 1]);
}

function digit(octet: number | undefined): number {
  return octet !== undefined && octet >= 0x30 && octet <= 0x39 ? octet - 0x30 : Number.NaN;
}
