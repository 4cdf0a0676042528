const VERSION = /^\d{1,10}(\.\d{1,10}){0,7}$/;
const DATE = /^(\d{4})-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?$/;
const DAY_SECONDS = 86_400;

export const isVersion = (text: string): boolean => VERSION.test(text);

/** Number by number; a missing number counts as zero, so `17` equals `17.0`. */
export function compareVersions(left: string, right: string): number {
  const [a, b] = [left.split('.'), right.split('.')];
  const length = Math.max(a.length, b.length);
  for (let index = 0; index < length; index += 1) {
    const difference = Number(a[index] ?? 0) - Number(b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

export const isDate = (text: string): boolean => firstSecond(text) !== undefined;

/** Whole days from the first second of a date (UTC) to a time; negative before it, undefined for what is no date. */
export function daysBetween(date: string, seconds: number): number | undefined {
  const start = firstSecond(date);
  return start === undefined || !Number.isFinite(seconds) ? undefined : Math.floor((seconds - start) / DAY_SECONDS);
}

/** Seconds since 1970 of a date that exists; a month alone stands for its first day. */
function firstSecond(text: string): number | undefined {
  const [, year, month, day = '01'] = DATE.exec(text) ?? [];
  if (year === undefined || month === undefined) return undefined;
  const time = Date.UTC(Number(year), Number(month) - 1, Number(day));
  return new Date(time).getUTCDate() === Number(day) ? time / 1000 : undefined;
}
