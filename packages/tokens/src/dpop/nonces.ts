import type { Clock, Random } from '@assay/core';
import { RequestError } from '@assay/core';
import { type ChallengeKeys, createChallenge, verifyChallenge } from '../challenge.ts';
import { fault } from '../fault.ts';
import { CHALLENGES } from '../wire/purposes.ts';

/** Nonces of one protected API: challenges of purpose 5 under keys of its own, bound to its audience. */
export interface Nonces {
  /** A nonce for `DPoP-Nonce`. Naming the key that it is sent to holds that key to nonces while this one lives, or longer. */
  issue(jkt?: string): string;
  /** When the nonce ends, in milliseconds since the epoch. Throws RequestError `tokens.proof_nonce_invalid`. */
  verify(nonce: string): number;
  /** Whether this key holds a nonce that may still be good, so that a proof without one is a step back (RFC 9449 9). */
  wasGiven(jkt: string): boolean;
}

export interface NoncesOptions {
  readonly audience: string;
  readonly keys: ChallengeKeys;
  readonly clock: Clock;
  readonly random: Random;
  /** Keys to hold to nonces. When there are more, every key is held. Default 100 000. */
  readonly capacity?: number;
}

/** Throws ConfigError `tokens.config_invalid` for an empty audience. */
export function createNonces({ audience, keys, clock, random, capacity = 100_000 }: NoncesOptions): Nonces {
  if (audience === '') throw fault('tokens.config_invalid', { expected: 'the audience of the API' });
  const bounds = { iss: audience, app: '' };
  const given = createGivenKeys(clock, capacity);
  return {
    issue(jkt) {
      if (jkt !== undefined) given.add(jkt);
      return createChallenge('nonce', bounds, { keys, at: clock(), random });
    },
    verify(nonce) {
      try {
        return verifyChallenge(nonce, 'nonce', bounds, { keys, at: clock() }).expiresAt;
      } catch (error) {
        if (!(error instanceof RequestError)) throw error;
        throw fault('tokens.proof_nonce_invalid', { found: error.code }, { cause: error });
      }
    },
    wasGiven: (jkt) => given.has(jkt),
  };
}

const NONCE_LIFE_MS = CHALLENGES.nonce.maxAgeSeconds * 1000;

interface GivenKeys {
  add(jkt: string): void;
  has(jkt: string): boolean;
}

/**
 * The keys that hold a nonce which may still be good, in two generations of one nonce's life each: what no longer matters
 * goes, so that a full memory does not hold every key to nonces for ever.
 */
function createGivenKeys(clock: Clock, capacity: number): GivenKeys {
  let young = new Set<string>();
  let old = new Set<string>();
  let bornAt = clock();

  function grow(): void {
    const now = clock();
    const age = now - bornAt;
    if (age >= 0 && age < NONCE_LIFE_MS) return;
    // A clock that was set back tells no age: everything is kept for one more generation.
    if (age < 0) for (const jkt of old) young.add(jkt);
    old = age < 2 * NONCE_LIFE_MS ? young : new Set();
    young = new Set();
    bornAt = now;
  }

  const isFull = (): boolean => young.size + old.size >= capacity;
  return {
    add(jkt) {
      grow();
      old.delete(jkt);
      if (!isFull()) young.add(jkt);
    },
    has(jkt) {
      grow();
      return isFull() || young.has(jkt) || old.has(jkt);
    },
  };
}
