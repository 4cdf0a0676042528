import type { Random } from '@assay/core';
import type { Setback } from './outcome.ts';

/** What keeps a client from asking, whatever a server says: bounds on how often and how long, out of the client alone. */
export interface Floors {
  /** Setbacks in a row that spent an attestation or a refusal. */
  readonly failures: number;
  /** When keys were given up on the server's word, in milliseconds. */
  readonly reenrolments: readonly number[];
  readonly pause?: Pause;
}

export interface Pause {
  readonly until: number;
  /** Version of the app that was told to stop or to update: another one may ask at once. */
  readonly version?: string;
  readonly outcome: Setback;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Times in milliseconds. */
export const FLOORS = {
  /** After a setback that spent nothing. */
  flat: MINUTE,
  /** What doubling ends at, and the longest that an unsigned answer can make a client wait. */
  longest: 30 * MINUTE,
  /** `stop` and `update_app` end after this, or with another version of the app. */
  hold: DAY,
  /** Between two refreshes that APIs ask for. */
  handshake: 30 * SECOND,
  reenrolments: [
    { within: HOUR, most: 1 },
    { within: DAY, most: 3 },
  ],
} as const;

export const NO_FLOORS: Floors = { failures: 0, reenrolments: [] };

/** The setback that is still in force. A pause that is longer than any can be comes from a clock that was moved. */
export function pausedBy({ pause }: Floors, version: string, now: number): Setback | undefined {
  if (pause === undefined || pause.until <= now || pause.until - now > FLOORS.hold) return undefined;
  if (pause.version !== undefined && pause.version !== version) return undefined;
  return { ...pause.outcome, retryAt: pause.until };
}

/** How long to wait after one more setback: flat, or doubling, and never less than the server asks for within bounds. */
export function backoff(floors: Floors, tier: 'flat' | 'doubling', random: Random, asked = 0): number {
  const doubled = tier === 'flat' ? FLOORS.flat : FLOORS.flat * 2 ** Math.min(floors.failures, 10);
  const bounded = Math.min(Math.max(doubled, asked), FLOORS.longest);
  const [octet = 0] = random(1);
  return Math.round(bounded * (0.9 + (0.2 * octet) / 255));
}

/** When a key may be given up again on the server's word: now, or the earliest later time. */
export function reenrolAt({ reenrolments }: Floors, now: number): number {
  const earlier = reenrolments.filter((at) => at <= now).toSorted((a, b) => b - a);
  const times = FLOORS.reenrolments.map(({ within, most }) => {
    const oldest = earlier[most - 1];
    return oldest === undefined ? now : oldest + within;
  });
  return Math.max(now, ...times);
}

export function withReenrolment(floors: Floors, now: number): Floors {
  return { ...floors, reenrolments: [...floors.reenrolments.filter((at) => at > now - FLOORS.hold), now] };
}
