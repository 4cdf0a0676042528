/**
 * A description for people, as plain JSON and without any trust decision: nothing here is proven. The binding is left out,
 * since a description ends up in tickets and logs.
 */
import { type JsonValue, parseBase64url, parseStrictJson } from '@assay/formats';
import { readMembers, splitCompact } from '../shared/compact.ts';
import { passedOver } from '../shared/vendor-json.ts';
import { decryptJwe, parseJwe } from './jwe.ts';
import { importPlayKeys, type PlayIntegrityKeys } from './keys.ts';
import { PAYLOAD_SHAPE, readPayload } from './payload.ts';
import { refused } from './reasons.ts';

export interface PlayTokenDescription {
  readonly alg: string | null;
  readonly enc: string | null;
  readonly ciphertextBytes: number;
  /** Null without keys: the verdict is encrypted. */
  readonly verdict: PlayVerdictDescription | null;
}

export interface PlayVerdictDescription {
  readonly boundBy: 'requestHash' | 'nonce' | null;
  readonly requestedAt: string | null;
  readonly requestPackage: string | null;
  readonly appIntegrity: JsonValue;
  readonly deviceIntegrity: JsonValue;
  readonly accountDetails: JsonValue;
  readonly environmentDetails: JsonValue;
  readonly passedOver: readonly string[];
}

/**
 * Describes a token: its envelope, and with keys what it says. Its signature is not looked at.
 *
 * @throws RequestError `evidence.*`, `base64.*`, `json.*`; EvidenceError `play.decryption_failed`; ConfigError `play.keys_malformed`
 */
export function inspectPlayToken(token: string, keys?: PlayIntegrityKeys): PlayTokenDescription {
  const jwe = parseJwe(token);
  return {
    alg: typeof jwe.alg === 'string' ? jwe.alg : null,
    enc: typeof jwe.enc === 'string' ? jwe.enc : null,
    ciphertextBytes: jwe.ciphertext.length,
    verdict: keys === undefined ? null : inspectPlayVerdict(verdictIn(decrypt(token, keys))),
  };
}

function decrypt(token: string, keys: PlayIntegrityKeys): string {
  const { decryption } = importPlayKeys(keys);
  try {
    return Buffer.from(decryptJwe(parseJwe(token), decryption)).toString('latin1');
  } catch (cause) {
    throw refused('play.decryption_failed', {}, cause);
  }
}

function verdictIn(jws: string): JsonValue {
  return parseStrictJson(parseBase64url(splitCompact(jws, 3)[1] ?? ''));
}

/** Describes a decoded verdict. Raises RequestError `evidence.member_unexpected`. */
export function inspectPlayVerdict(value: JsonValue): PlayVerdictDescription {
  const { requestDetails = {}, ...groups } = readMembers(value, readPayload);
  const { requestHash, nonce, timestampMillis, requestPackageName } = requestDetails;
  return {
    boundBy: requestHash !== undefined ? 'requestHash' : nonce !== undefined ? 'nonce' : null,
    requestedAt: timestampMillis === undefined ? null : toDate(timestampMillis),
    requestPackage: requestPackageName ?? null,
    appIntegrity: groups.appIntegrity ?? null,
    deviceIntegrity: groups.deviceIntegrity ?? null,
    accountDetails: groups.accountDetails ?? null,
    environmentDetails: groups.environmentDetails ?? null,
    passedOver: passedOver(value, PAYLOAD_SHAPE),
  };
}

/** The last day that a Date can hold; beyond it stands the number itself. */
const MAX_DATE = 8.64e15;

function toDate(milliseconds: number): string {
  return milliseconds <= MAX_DATE ? new Date(milliseconds).toISOString() : `${milliseconds}`;
}
