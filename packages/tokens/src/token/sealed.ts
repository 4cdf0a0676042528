// Sealed mode: a token inside a JWE for its API alone, so that nobody on the way can read the verdict (RFC 7516, RFC 7518 4.6).
import {
  createCipheriv,
  createDecipheriv,
  createECDH,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  KeyObject,
} from 'node:crypto';
import type { Random } from '@assay/core';
import {
  concat,
  equalBytes,
  lengthPrefixed,
  parseBase64url,
  parseStrictJson,
  toBase64url,
  uint32,
  utf8,
} from '@assay/formats';
import { type EcJwk, ecJwk, object, oneOf, word } from '@assay/formats/shape';
import { importEcKey, sha256 } from '../ec-keys.ts';
import { fault, within } from '../fault.ts';
import { toKid } from '../signing-key.ts';
import { toPoint } from '../wire/jwk.ts';

/**
 * Bytes that the claims of a sealed token are padded to: room for every annotation, and the JWE stays below what verifiers
 * take.
 */
export const SEALED_CLAIMS_BYTES = 1920;

/** A private key of an API, on P-256. Its name is that of its public half, see {@link toKid}. */
export type DecryptionKey = KeyObject | (EcJwk & { readonly d: string });

const ALG = 'ECDH-ES';
const ENC = 'A256GCM';
const CIPHER = 'aes-256-gcm';
const KEY_BITS = 256;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const MAX_HEADER_BYTES = 512;

/** Exactly these members: another algorithm, a compression or a key of the sender's choice is no sealed token (RFC 8725 3.1). */
const readHeader = object({
  alg: oneOf([ALG]),
  enc: oneOf([ENC]),
  cty: oneOf(['JWT']),
  kid: word(64),
  epk: ecJwk,
});

/** Whether a text has the five parts of a JWE, the second of them empty since the key is agreed on. Nothing is verified. */
export function isSealed(text: string): boolean {
  const [, encryptedKey, , , tag, more] = text.split('.', 6);
  return encryptedKey === '' && tag !== undefined && more === undefined;
}

/**
 * Seals a token to the encryption key of its API. Tokens of one length come out in one length.
 *
 * @throws ConfigError `tokens.key_ring_invalid` for a key that is not on the curve
 */
export function sealToken(token: string, recipient: EcJwk, random: Random): string {
  const publicKey = importEcKey(recipient, 'tokens.key_ring_invalid');
  const ephemeral = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const header = { alg: ALG, enc: ENC, cty: 'JWT', kid: toKid(recipient), epk: publicJwkOf(ephemeral.publicKey) };
  const encoded = toBase64url(utf8(JSON.stringify(header)));
  const iv = random(IV_BYTES);
  const cipher = createCipheriv(CIPHER, agreedKey(ephemeral.privateKey, publicKey), iv).setAAD(utf8(encoded));
  const ciphertext = concat(cipher.update(token, 'ascii'), cipher.final());
  return [encoded, '', ...[iv, ciphertext, cipher.getAuthTag()].map((part) => toBase64url(part))].join('.');
}

/** Opens sealed tokens with the keys of one API. */
export type OpenToken = (sealed: string) => string;

/**
 * @throws ConfigError `tokens.list_empty` without keys; `tokens.key_ring_invalid` for a key that is none on P-256, or is
 * there twice. What it gives throws RequestError `tokens.sealed_malformed`, EvidenceError `tokens.sealed_key_unknown`,
 * `tokens.sealed_not_opened`
 */
export function createTokenOpener(keys: readonly DecryptionKey[]): OpenToken {
  if (keys.length === 0) throw fault('tokens.list_empty', { expected: 'decryption keys' });
  const byName = new Map(keys.map(importNamed));
  if (byName.size !== keys.length) throw fault('tokens.key_ring_invalid', { expected: 'keys that differ' });
  return (sealed) => {
    const parts = splitSealed(sealed);
    const key = byName.get(parts.kid);
    if (key === undefined) throw fault('tokens.sealed_key_unknown');
    return open(parts, key);
  };
}

interface SealedParts {
  readonly header: string;
  readonly kid: string;
  readonly epk: KeyObject;
  readonly iv: Uint8Array;
  readonly ciphertext: Uint8Array;
  readonly tag: Uint8Array;
}

function splitSealed(text: string): SealedParts {
  if (!isSealed(text)) throw fault('tokens.sealed_malformed', { expected: 'a compact JWE of five parts' });
  const [header = '', , ...rest] = text.split('.');
  return within('tokens.sealed_malformed', () => {
    const json = parseStrictJson(parseBase64url(header), { maxBytes: MAX_HEADER_BYTES, maxDepth: 2 });
    const { kid, epk } = readHeader(json, '$');
    const [iv, ciphertext, tag] = rest.map((part) => parseBase64url(part));
    if (iv?.length !== IV_BYTES || ciphertext === undefined || tag?.length !== TAG_BYTES) {
      throw fault('tokens.sealed_malformed', { expected: 'an IV of 12 bytes and a tag of 16' });
    }
    return { header, kid, epk: importEcKey(epk, 'tokens.sealed_malformed'), iv, ciphertext, tag };
  });
}

function open({ header, epk, iv, ciphertext, tag }: SealedParts, key: KeyObject): string {
  const decipher = createDecipheriv(CIPHER, agreedKey(key, epk), iv, { authTagLength: TAG_BYTES });
  decipher.setAAD(utf8(header)).setAuthTag(tag);
  try {
    return decipher.update(ciphertext, undefined, 'latin1') + decipher.final('latin1');
  } catch {
    // No cause: OpenSSL says nothing more, and what it says must not differ.
    throw fault('tokens.sealed_not_opened');
  }
}

/** Concat KDF with empty party information (RFC 7518 4.6.2): one round, since the key is as long as the hash. */
function agreedKey(privateKey: KeyObject, publicKey: KeyObject): Uint8Array {
  const empty = new Uint8Array(0);
  const about = concat(lengthPrefixed(utf8(ENC)), lengthPrefixed(empty), lengthPrefixed(empty), uint32(KEY_BITS));
  return sha256(concat(uint32(1), diffieHellman({ privateKey, publicKey }), about));
}

function importNamed(key: DecryptionKey): [string, KeyObject] {
  const privateKey = key instanceof KeyObject ? key : importJwk(key);
  const publicJwk = within('tokens.key_ring_invalid', () => publicJwkOf(publicHalf(privateKey)));
  return [toKid(publicJwk), privateKey];
}

/** OpenSSL takes a JWK whose halves belong to different keys: it would open nothing, and only the first token would tell. */
function importJwk({ kty, crv, x, y, d }: EcJwk & { readonly d: string }): KeyObject {
  try {
    const own = createECDH('prime256v1');
    own.setPrivateKey(parseBase64url(d));
    if (equalBytes(own.getPublicKey(), toPoint({ kty, crv, x, y }))) {
      return createPrivateKey({ key: { kty, crv, x, y, d }, format: 'jwk' });
    }
  } catch {
    // No cause: a decoder's message may tell about the key.
  }
  throw fault('tokens.key_ring_invalid', { expected: 'a private key on P-256 with its own public half' });
}

function publicHalf(key: KeyObject): KeyObject {
  if (key.type !== 'private') throw fault('tokens.key_ring_invalid', { expected: 'a private key' });
  return createPublicKey(key);
}

function publicJwkOf(key: KeyObject): EcJwk {
  if (key.asymmetricKeyType !== 'ec') throw fault('tokens.key_ring_invalid', { expected: 'a key on P-256' });
  const { kty = '', crv = '', x = '', y = '' } = key.export({ format: 'jwk' });
  return ecJwk({ kty, crv, x, y }, '$');
}
