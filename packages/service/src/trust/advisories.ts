import { createPublicKey, hash } from 'node:crypto';
import { AssayError, type Facts, RequestError } from '@assay/core';
import { parseBase64url, parseStrictJson, toBase64url, utf8 } from '@assay/formats';
import { type EcJwk, object, oneOf, raising, word } from '@assay/formats/shape';
import { joinJws, type SigningKey, splitJws, toKid, verifyEs256 } from '@assay/tokens';
import { SERVICE_REASONS, type ServiceCode } from '../reasons.ts';
import { type AdvisoriesDocument, type Advisory, readDocument } from './advisory-document.ts';
import { matchingAdvisories } from './advisory-matching.ts';

/** Advisories in force, out of a signed file. */
export interface Advisories {
  readonly version: number;
  /** Epoch milliseconds after which the file counts as none. */
  readonly expiresAt: number;
  readonly advisories: readonly Advisory[];
  /** SHA-256 of what was signed, base64url: one version has one content. */
  readonly digest: string;
  /** Ids of the advisories that name what these facts show. */
  matching(facts: Facts, sdk: string | null): readonly string[];
}

/** One signed file stands for no other kind of signed text. */
const TYPE = 'assay-advisories+jws';
const MAX_FILE_CHARACTERS = 1 << 20;
const LIMITS = { maxBytes: MAX_FILE_CHARACTERS, maxDepth: 6, maxMembers: 100_000 };

/**
 * Reads the text that its author writes: JSON, strictly, every fault at once.
 *
 * @throws RequestError `service.advisories_malformed`
 */
export function parseAdvisories(json: string): AdvisoriesDocument {
  return reading(() => readDocument(parseStrictJson(json, LIMITS), '$'));
}

/**
 * Signs advisories as a compact JWS (RFC 7515 7.1, ES256). What is signed was read back by the server's own reader.
 *
 * @example const file = signAdvisories(parseAdvisories(text), importSigningKey(pkcs8));
 * @throws RequestError `service.advisories_malformed`
 */
export function signAdvisories(document: AdvisoriesDocument, key: SigningKey): string {
  const payload = JSON.stringify(document);
  parseAdvisories(payload);
  const header = { alg: 'ES256', typ: TYPE, kid: key.kid };
  const signingInput = `${encode(JSON.stringify(header))}.${encode(payload)}`;
  const signed = joinJws(signingInput, key.sign(utf8(signingInput)));
  if (signed.length > MAX_FILE_CHARACTERS) throw refused('service.advisories_malformed', 'at most 1 MiB when signed');
  return signed;
}

/**
 * Reads a signed file. The signature is verified before anything of the content is looked at. Whether it has expired is
 * for the reader's clock: see {@link assertCurrent}.
 *
 * @param keys the public halves that the operator configured; any one of them suffices
 * @throws RequestError `service.advisories_malformed`, `service.advisories_unsigned`
 */
export function readAdvisories(text: string, keys: readonly EcJwk[]): Advisories {
  const { header, payload, signature, signingInput } = reading(() => splitJws(text.trim(), MAX_FILE_CHARACTERS));
  const kid = reading(
    () => readHeader(parseStrictJson(parseBase64url(header), { maxBytes: 1024, maxDepth: 1 }), '$').kid,
  );
  const key = keys.find((each) => toKid(each) === kid);
  if (key === undefined) throw refused('service.advisories_unsigned', 'a configured key', kid);
  if (!verifyEs256(signingInput, signature, createPublicKey({ key: { ...key }, format: 'jwk' }))) {
    throw refused('service.advisories_unsigned', 'a signature by the key that is named', kid);
  }
  return toAdvisories(reading(() => parseBase64url(payload)));
}

const readHeader = object({ alg: oneOf(['ES256']), typ: oneOf([TYPE]), kid: word(64) });

function toAdvisories(payload: Uint8Array): Advisories {
  const { version, expires, advisories } = reading(() => readDocument(parseStrictJson(payload, LIMITS), '$'));
  return {
    ...{ version, expiresAt: expires * 1000, advisories, digest: hash('sha256', payload, 'base64url') },
    matching: (facts, sdk) => matchingAdvisories(advisories, facts, sdk).map(({ id }) => id),
  };
}

/**
 * Versions only rise, and one version has one content for everybody: nobody can bring an older file back that names less.
 *
 * @throws RequestError `service.advisories_rollback`
 */
export function assertSuccessor(next: Advisories, current: Pick<Advisories, 'version' | 'digest'> | undefined): void {
  if (current === undefined || next.version > current.version) return;
  if (next.version === current.version && next.digest === current.digest) return;
  throw refused('service.advisories_rollback', `above ${current.version}`, String(next.version));
}

/** @throws RequestError `service.advisories_expired` */
export function assertCurrent({ expiresAt }: Pick<Advisories, 'expiresAt'>, now: number): void {
  if (now < expiresAt) return;
  const found = new Date(expiresAt).toISOString();
  throw refused('service.advisories_expired', 'an end that is still to come', found);
}

const encode = (text: string): string => toBase64url(utf8(text));

/** Faults of the formats beneath become one code; what they found stays. */
function reading<T>(read: () => T): T {
  try {
    return raising(read, ({ message }) => refused('service.advisories_malformed', message));
  } catch (error) {
    if (error instanceof AssayError && !error.code.startsWith('service.')) {
      throw refused('service.advisories_malformed', undefined, error.code, error);
    }
    throw error;
  }
}

function refused(code: ServiceCode, expected?: string, found?: string, cause?: unknown): RequestError {
  const { summary, hint } = SERVICE_REASONS[code];
  return new RequestError(code, summary, { expected, found, hint }, { cause });
}
