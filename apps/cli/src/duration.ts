import { textOf, type Values } from './command.ts';
import { fault } from './reasons.ts';

const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400, w: 604_800 };

/** How a span of time is written, for the help and for refusals. */
export const DURATION_FORM = 'a whole number with s, m, h, d or w, for example 90s, 24h or 7d';

/** Seconds of a span such as `24h`; undefined when the option is missing. @throws RequestError `cli.usage` */
export function durationOf(values: Values, name: string): number | undefined {
  const text = textOf(values, name);
  if (text === undefined) return undefined;
  const [, count = '', unit = ''] = /^([1-9]\d{0,5})([smhdw])$/.exec(text) ?? [];
  const seconds = Number(count) * (SECONDS[unit] ?? Number.NaN);
  if (seconds > 0) return seconds;
  throw fault('cli.usage', { message: `--${name} is no span of time`, expected: DURATION_FORM });
}

/** @throws RequestError `cli.usage` when the option is missing */
export function requiredDurationOf(values: Values, name: string): number {
  const seconds = durationOf(values, name);
  if (seconds !== undefined) return seconds;
  throw fault('cli.usage', { message: 'an option is missing', expected: `--${name} with ${DURATION_FORM}` });
}

/** A moment for people and for scripts: ISO 8601 in UTC, to the second. */
export const moment = (at: number): string => new Date(at).toISOString().replace(/\.\d{3}Z$/, 'Z');
