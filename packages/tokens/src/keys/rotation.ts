import type { KeyState } from '@assay/core';
import { fault } from '../fault.ts';

/** A key's life as stored. Times are milliseconds since the epoch. */
export interface KeyLife {
  readonly kid: string;
  readonly state: KeyState;
  readonly createdAt: number;
  /** When the state last changed. */
  readonly changedAt: number;
}

/** How long keys stay in their states, in milliseconds. */
export interface RotationTimes {
  /** Published before it signs: at least twice the longest cache of any verifier. */
  readonly publishBeforeUse: number;
  /** Signs for so long. */
  readonly active: number;
  /** Verifies after it has stopped signing: the longest life of what it signed, skew and caches. */
  readonly retiring: number;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * Times by use of a key. Tokens: verifiers cache a JWKS for 10 minutes by default, some proxies for hours. Challenges are
 * verified by the issuer alone: every replica must have read the new key, and the longest challenge lives 15 minutes.
 */
export const ROTATION_TIMES: Readonly<Record<'token' | 'reply' | 'challenge', RotationTimes>> = {
  token: { publishBeforeUse: DAY, active: 30 * DAY, retiring: 2 * HOUR },
  reply: { publishBeforeUse: 30 * DAY, active: 180 * DAY, retiring: 2 * HOUR },
  challenge: { publishBeforeUse: HOUR, active: DAY, retiring: 30 * MINUTE },
};

export type RotationStep =
  | { readonly step: 'create'; readonly state: 'active' | 'next' }
  | { readonly step: 'move'; readonly kid: string; readonly from: KeyState; readonly to: KeyState };

/**
 * What is to be done now so that one key signs, its successor is published, and spent keys go: a pure function of rows and
 * clock. Steps are compare-and-set moves in order; two replicas that plan at once cannot both win one.
 */
export function planRotation(keys: readonly KeyLife[], times: RotationTimes, now: number): readonly RotationStep[] {
  const active = newest(keys, 'active');
  const next = newest(keys, 'next');
  if (active === undefined) return next === undefined ? FIRST_KEYS : [move(next, 'active'), create('next')];
  const isRipe = next !== undefined && now - next.createdAt >= times.publishBeforeUse;
  const isDue = isRipe && now - active.changedAt >= times.active;
  return [
    ...(isDue ? [move(next, 'active'), move(active, 'retiring'), create('next')] : []),
    ...(next === undefined ? [create('next')] : []),
    ...keys.filter((key) => key.state === 'active' && key !== active).map((key) => move(key, 'retiring')),
    ...keys.filter((key) => isSpent(key, times, now)).map((key) => move(key, 'gone')),
  ];
}

/** At the first start nobody has cached anything: the first key signs at once. */
const FIRST_KEYS: readonly RotationStep[] = [create('active'), create('next')];

/**
 * The steps after a key was compromised: it goes at once, with the successor in its place though not every verifier knows
 * it yet. Refusing good tokens for a while is the price. The successor comes first: at no moment does nobody sign. Throws ConfigError `tokens.key_ring_invalid` for an unknown key.
 */
export function planRevocation(keys: readonly KeyLife[], kid: string): readonly RotationStep[] {
  const revoked = keys.find((key) => key.kid === kid && key.state !== 'gone');
  if (revoked === undefined) throw fault('tokens.key_ring_invalid', { expected: 'the name of a key that is not gone' });
  const left = keys.filter((key) => key !== revoked);
  const next = newest(left, 'next');
  const successor = next === undefined ? [create('active')] : [move(next, 'active')];
  const needsSuccessor = newest(left, 'active') === undefined;
  const isNextMissing = needsSuccessor || next === undefined;
  return [...(needsSuccessor ? successor : []), move(revoked, 'gone'), ...(isNextMissing ? [create('next')] : [])];
}

function create(state: 'active' | 'next'): RotationStep {
  return { step: 'create', state };
}

function move({ kid, state }: KeyLife, to: KeyState): RotationStep {
  return { step: 'move', kid, from: state, to };
}

function isSpent({ state, changedAt }: KeyLife, { retiring }: RotationTimes, now: number): boolean {
  return state === 'retiring' && now - changedAt >= retiring;
}

/** By the time of the change, then by name, so that every replica picks the same one. */
function newest(keys: readonly KeyLife[], state: KeyState): KeyLife | undefined {
  const order = (a: KeyLife, b: KeyLife): number => b.changedAt - a.changedAt || (a.kid < b.kid ? -1 : 1);
  return keys.filter((key) => key.state === state).sort(order)[0];
}
