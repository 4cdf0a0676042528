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
  let asked = { at: 0, waitMs: 0 };
  return {
    left() {
      const waited = clock() - asked.at;
      // A clock that was set back does not tell how long it was: the pause would last until the clock is where it was.
      return waited < 0 ? 0 : Math.max(0, asked.waitMs - waited);
    },
    note({ status, headers }) {
      if (status !== 429 && status !== 503) return;
      const at = clock();
      const wait = waitOf(headers.get('retry-after') ?? '', at);
      if (wait !== undefined) asked = { at, waitMs: Math.min(wait, MOST_MS) };
    },
  };
}

/** Seconds or a date; anything else is no wish. */
function waitOf(text: string, now: number): number | undefined {
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
