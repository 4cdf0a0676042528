import { concat, lengthPrefixed, parseBase64url, readUint32, toBase64url, uint32, utf8 } from '@assay/formats';
import { fault, within } from '../fault.ts';

/** `ver | kid | purpose | unix seconds | random | mac` (`docs/protocol.md`, Challenge). */
export interface ChallengeFields {
  /** Number of the MAC key, 0 to 255. */
  readonly kid: number;
  /** Purpose octet, see CHALLENGES. */
  readonly purpose: number;
  /** Seconds since the epoch. */
  readonly issuedAt: number;
  /** 16 bytes. */
  readonly random: Uint8Array;
}

export interface ParsedChallenge extends ChallengeFields {
  /** The first 23 bytes, which the MAC covers. */
  readonly head: Uint8Array;
  /** 16 bytes, not verified. */
  readonly mac: Uint8Array;
}

/** What a challenge is good for; every field is under its MAC. */
export interface ChallengeBounds {
  readonly iss: string;
  /** App, resource name of a facade, or empty for a nonce. */
  readonly app: string;
  /** Thumbprint of K, 32 bytes, where the purpose binds it. */
  readonly jkt?: Uint8Array | undefined;
}

export const CHALLENGE_CHARACTERS = 52;
export const CHALLENGE_RANDOM_BYTES = 16;
export const CHALLENGE_MAC_BYTES = 16;
const HEAD_BYTES = 23;
const VERSION = 1;
const DOMAIN = utf8('assay/challenge/v1\0');
const EMPTY = new Uint8Array(0);

/** The 23 bytes that a challenge begins with. */
export function challengeHead({ kid, purpose, issuedAt, random }: ChallengeFields): Uint8Array<ArrayBuffer> {
  return concat(Uint8Array.of(VERSION, kid, purpose), uint32(issuedAt), random);
}

/** What the MAC is computed over. */
export function challengeMacInput(
  head: Uint8Array,
  { iss, app, jkt = EMPTY }: ChallengeBounds,
): Uint8Array<ArrayBuffer> {
  return concat(
    DOMAIN,
    lengthPrefixed(head),
    lengthPrefixed(utf8(iss)),
    lengthPrefixed(utf8(app)),
    lengthPrefixed(jkt),
  );
}

/** The 52 characters of a challenge. */
export function encodeChallenge(head: Uint8Array, mac: Uint8Array): string {
  return toBase64url(concat(head, mac));
}

/** The fields of a challenge; nothing of it is verified. Throws `tokens.challenge_malformed`, `tokens.version_unsupported`. */
export function parseChallenge(text: string): ParsedChallenge {
  if (text.length !== CHALLENGE_CHARACTERS) throw fault('tokens.challenge_malformed', { expected: '52 characters' });
  const bytes = within('tokens.challenge_malformed', () => parseBase64url(text));
  const [version, kid = 0, purpose = 0] = bytes;
  if (version !== VERSION) throw fault('tokens.version_unsupported', { expected: `challenge version ${VERSION}` });
  return {
    kid,
    purpose,
    issuedAt: readUint32(bytes, 3),
    random: bytes.subarray(7, HEAD_BYTES),
    head: bytes.subarray(0, HEAD_BYTES),
    mac: bytes.subarray(HEAD_BYTES),
  };
}

/** Answer of the challenge endpoint. */
export interface ChallengeAnswer {
  readonly attestation_challenge: string;
  readonly expires_in: number;
}
