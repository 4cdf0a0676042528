import { der } from '@assay/formats';
import type { Span } from '../recipe.ts';
import { unforgeable } from './fault.ts';

const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
export const YEAR = 365 * DAY;

const UNITS: Readonly<Record<string, number>> = { m: MINUTE, h: HOUR, d: DAY, y: YEAR };

/** Milliseconds of a span: `-1d` is −86,400,000. Raises mitm.recipe_unforgeable. */
export function spanMs(span: Span): number {
  const [, sign, count, unit = ''] = /^([+-])([0-9]{1,6})([mhdy])$/.exec(span) ?? [];
  const ms = UNITS[unit];
  if (ms === undefined) throw unforgeable('span', span);
  return (sign === '-' ? -1 : 1) * Number(count) * ms;
}

const [FIRST_OF_1950, FIRST_OF_2050] = [Date.UTC(1950, 0, 1), Date.UTC(2050, 0, 1)];
const [FIRST, LAST] = [Date.parse('0000-01-01T00:00:00Z'), Date.parse('9999-12-31T23:59:59Z')];

/** A time in the form that RFC 5280 4.1.2.5 demands for its year. Raises mitm.recipe_unforgeable. */
export function timeOf(at: number): Uint8Array {
  return at >= FIRST_OF_1950 && at < FIRST_OF_2050 ? der.utcTime(at) : generalizedTimeOf(at);
}

/** The form that OCSP has for every year. Raises mitm.recipe_unforgeable. */
export function generalizedTimeOf(at: number): Uint8Array {
  if (!(at >= FIRST && at <= LAST)) throw unforgeable('date', `${at}`);
  return der.generalizedTime(at);
}
