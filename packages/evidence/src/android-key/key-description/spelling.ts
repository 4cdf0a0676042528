/**
 * A patch level as a date: YYYYMMDD as `YYYY-MM-DD`, YYYYMM as `YYYY-MM`. Devices also send 0, a day of 00, or a vendor's own
 * numbers: a day that is none leaves the month, anything else is no date at all.
 */
export function toPatchDate(level: number | undefined): string | undefined {
  const [, year, month, day] = /^(2\d{3})(0[1-9]|1[0-2])(\d{2})?$/.exec(String(level)) ?? [];
  if (year === undefined || month === undefined) return undefined;
  const isDay = day !== undefined && day >= '01' && day <= '31';
  return isDay ? `${year}-${month}-${day}` : `${year}-${month}`;
}

/** osVersion as people write it: 160000 is `16`, 80100 is `8.1`. Zero says nothing. */
export function toOsVersion(version: number | undefined): string | undefined {
  if (version === undefined || version === 0) return undefined;
  const parts = [Math.floor(version / 10_000), Math.floor(version / 100) % 100, version % 100];
  return parts.join('.').replace(/(\.0)+$/, '');
}
