import type { Clock, Random } from '@assay/core';
import { RequestError } from '@assay/core';
import { type ChallengeKeys, createChallenge, verifyChallenge } from '../challenge.ts';
import { fault } from '../fault.ts';

/** Nonces of one protected API: challenges of purpose 5 under keys of its own, bound to its audience. */
export interface Nonces {
  /** A nonce for `DPoP-Nonce`. Naming the key that it is sent to holds that key to nonces from then on. */
  issue(jkt?: string): string;
  /** When the nonce ends, in milliseconds since the epoch. Throws RequestError `tokens.proof_nonce_invalid`. */
  verify(nonce: string): number;
  /** Whether this key was given a nonce, so that a proof without one is a step back (RFC 9449 9). */
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
  const given = new Set<string>();
  return {
    issue(jkt) {
      if (jkt !== undefined && given.size < capacity) given.add(jkt);
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
    wasGiven: (jkt) => given.size >= capacity || given.has(jkt),
  };
}
