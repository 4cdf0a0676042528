import { createHmac, createSecretKey, type KeyObject, timingSafeEqual } from 'node:crypto';
import type { Random } from '@assay/core';
import { fault } from './fault.ts';
import {
  CHALLENGE_MAC_BYTES,
  CHALLENGE_RANDOM_BYTES,
  type ChallengeBounds,
  challengeHead,
  challengeMacInput,
  encodeChallenge,
  type ParsedChallenge,
  parseChallenge,
} from './wire/challenge.ts';
import { CHALLENGES, type ChallengePurpose, FUTURE_SKEW_SECONDS } from './wire/purposes.ts';

/** MAC keys by number. One signs, all verify. */
export interface ChallengeKeys {
  readonly signing: number;
  readonly keys: ReadonlyMap<number, KeyObject>;
}

const MIN_SECRET_BYTES = 32;

/**
 * Keys for challenges or nonces.
 *
 * @throws ConfigError `tokens.key_ring_invalid` unless `signing` names one of the entries, numbers are octets that all
 * differ, and every secret has at least 32 bytes
 */
export function createChallengeKeys(
  signing: number,
  entries: readonly { readonly kid: number; readonly secret: Uint8Array }[],
): ChallengeKeys {
  const keys = new Map(entries.map(({ kid, secret }) => [kid, createSecretKey(secret)]));
  const isStrong = entries.every(({ secret }) => secret.length >= MIN_SECRET_BYTES);
  const isNumbered = [...keys.keys()].every((kid) => Number.isInteger(kid) && kid >= 0 && kid <= 255);
  if (!keys.has(signing) || keys.size !== entries.length || !isStrong || !isNumbered) {
    throw fault('tokens.key_ring_invalid', {
      expected: 'a signing key, numbers 0 to 255 that differ, secrets of 32 bytes',
    });
  }
  return { signing, keys };
}

export interface ChallengeContext {
  readonly keys: ChallengeKeys;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** A challenge: stores nothing, costs one HMAC. */
export function createChallenge(
  purpose: ChallengePurpose,
  bounds: ChallengeBounds,
  { keys, at, random }: ChallengeContext & { readonly random: Random },
): string {
  assertBounds(purpose, bounds);
  const issuedAt = Math.floor(at / 1000);
  const { number } = CHALLENGES[purpose];
  const head = challengeHead({ kid: keys.signing, purpose: number, issuedAt, random: random(CHALLENGE_RANDOM_BYTES) });
  return encodeChallenge(head, macOf(keys.signing, head, bounds, keys) ?? noKey());
}

/** What a verified challenge says. */
export interface VerifiedChallenge {
  /** Milliseconds since the epoch. */
  readonly issuedAt: number;
  /** Milliseconds; not negative, though replicas' clocks differ. */
  readonly ageMs: number;
  /** When it stops being valid, in milliseconds since the epoch: until then its redemption must be remembered. */
  readonly expiresAt: number;
}

export interface ChallengeVerification extends ChallengeContext {
  /** Shortens the purpose's own age, never lengthens it. Seconds. */
  readonly maxAgeSeconds?: number | undefined;
}

/**
 * Verifies that a challenge was made here, for this purpose, issuer, app and key, and is of its age. Whether it was used
 * before is the store's to say.
 *
 * @throws RequestError `tokens.challenge_malformed`, `tokens.challenge_invalid`, `tokens.challenge_purpose`,
 * `tokens.challenge_expired`, `tokens.challenge_from_future`, `tokens.version_unsupported`
 */
export function verifyChallenge(
  text: string,
  purpose: ChallengePurpose,
  bounds: ChallengeBounds,
  context: ChallengeVerification,
): VerifiedChallenge {
  assertBounds(purpose, bounds);
  const challenge = parseChallenge(text);
  if (challenge.purpose !== CHALLENGES[purpose].number) throw fault('tokens.challenge_purpose', { expected: purpose });
  assertMac(challenge, bounds, context.keys);
  return withinAge(challenge, purpose, context);
}

function assertMac(challenge: ParsedChallenge, bounds: ChallengeBounds, keys: ChallengeKeys): void {
  const mac = macOf(challenge.kid, challenge.head, bounds, keys);
  if (mac === undefined || !timingSafeEqual(mac, challenge.mac)) throw fault('tokens.challenge_invalid');
}

function macOf(
  kid: number,
  head: Uint8Array,
  bounds: ChallengeBounds,
  { keys }: ChallengeKeys,
): Uint8Array | undefined {
  const key = keys.get(kid);
  if (key === undefined) return undefined;
  return createHmac('sha256', key).update(challengeMacInput(head, bounds)).digest().subarray(0, CHALLENGE_MAC_BYTES);
}

function withinAge(
  { issuedAt }: ParsedChallenge,
  purpose: ChallengePurpose,
  { at, maxAgeSeconds = Number.POSITIVE_INFINITY }: ChallengeVerification,
): VerifiedChallenge {
  const maxAgeMs = Math.min(CHALLENGES[purpose].maxAgeSeconds, maxAgeSeconds) * 1000;
  const ageMs = at - issuedAt * 1000;
  if (ageMs < -FUTURE_SKEW_SECONDS * 1000) throw fault('tokens.challenge_from_future');
  if (!(ageMs <= maxAgeMs)) throw fault('tokens.challenge_expired', { expected: `at most ${maxAgeMs / 1000} s` });
  return { issuedAt: issuedAt * 1000, ageMs: Math.max(0, ageMs), expiresAt: issuedAt * 1000 + maxAgeMs };
}

/** An empty bound would make one challenge good for everybody: the caller's mistake, not the client's. */
function assertBounds(purpose: ChallengePurpose, { iss, app, jkt }: ChallengeBounds): void {
  const isBound = (jkt !== undefined) === CHALLENGES[purpose].bindsKey && (jkt?.length ?? 32) === 32;
  if (iss === '' || (app === '') !== (purpose === 'nonce') || !isBound) {
    throw fault('tokens.config_invalid', { expected: `what a challenge for ${purpose} is bound to` });
  }
}

function noKey(): never {
  throw fault('tokens.key_ring_invalid');
}
