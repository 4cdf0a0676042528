const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;

/** Midnight UTC at the start of `yyyy-MM-dd`, epoch milliseconds; undefined for anything else, and for days that are none. */
export function dayOf(text: string): number | undefined {
  const [, year, month, day] = DAY.exec(text) ?? [];
  if (year === undefined) return undefined;
  const time = Date.UTC(Number(year), Number(month) - 1, Number(day));
  return new Date(time).toISOString().startsWith(text) ? time : undefined;
}
