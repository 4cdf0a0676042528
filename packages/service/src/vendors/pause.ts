import type { Clock } from '@assay/core';

/** However long a vendor asks to be left alone: it is tried again after this. */
const MOST_MS = 600_000;

/** What a service said about being called again (RFC 9110 10.2.3). */
export interface Pause {
  /** Milliseconds to wait, or 0. */
  left(): number;
  note(response: Pick<Response, 'status' | 'headers'>): void;
}

/** Remembers the `Retry-After` of the last answer that carried one with a status that asks for patience. */
export function createPause(clock: Clock): Pause {
  let until = 0;
  return {
    // A clock that was set back must not make the pause longer than it can be.
    left: () => Math.max(0, Math.min(until - clock(), MOST_MS)),
    note({ status, headers }) {
      if (status !== 429 && status !== 503) return;
      const wait = waitOf(headers.get('retry-after') ?? '', clock());
      if (wait !== undefined) until = clock() + Math.min(wait, MOST_MS);
    },
  };
}

/** Seconds or a date; anything else is no wish. */
function waitOf(text: string, now: number): number | undefined {
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
