import type { KeyObject } from 'node:crypto';
import { type JsonValue, parseBase64url, parseStrictJson } from '@assay/formats';
import { misfit, object, word } from '@assay/formats/shape';
import { thumbprint } from '../ec-keys.ts';
import { verifyEs256 } from '../es256.ts';
import { fault, within } from '../fault.ts';
import type { KeySource } from '../keys/key-source.ts';
import { ALG, type CompactJws, splitJws } from '../wire/jws.ts';
import { readTokenClaims, TOKEN_TYPES, type TokenClaims, type TokenType } from './claims.ts';

export interface VerifiedToken {
  readonly claims: TokenClaims;
  readonly kid: string;
  readonly type: TokenType;
  /** Thumbprint of the key that must prove itself; absent only in bearer tokens. */
  readonly jkt?: string;
  /** Whether it came sealed to this API. */
  readonly isSealed: boolean;
}

/** A token whose signature was verified by this very key. */
export interface Signed {
  readonly key: KeyObject;
  readonly token: VerifiedToken;
}

/** Key sources by issuer. */
export type Issuers = ReadonlyMap<string, KeySource>;

export const MAX_TOKEN_CHARACTERS = 4096;
const MAX_HEADER_BYTES = 512;
const HEADER_CAPACITY = 64;

/** Exactly these members: what else a header could say (`jku`, `x5u`, `crit`) would only mislead (RFC 8725 3.10). */
const readHeaderMembers = object({ alg: word(16), typ: word(64), kid: word(64) });

interface Header {
  readonly typ: TokenType;
  readonly kid: string;
}

/**
 * What proves once and for all who signed a token. Answers at once when the key is at hand. Nothing of a token but its
 * header is read before its signature is verified.
 */
export function createSignatureVerifier(issuers: Issuers): (text: string) => Signed | Promise<Signed> {
  const readHeader = createHeaderReader();
  return (text) => {
    const jws = splitJws(text, MAX_TOKEN_CHARACTERS, 'tokens.token_malformed');
    const header = readHeader(jws.header);
    const known = currentKeys(header.kid, issuers);
    const signers = signersOf(jws, known);
    if (signers.length > 0 || known.length === issuers.size) return readSigned(jws, header, signers);
    return findKeys(header.kid, issuers).then((found) => {
      const others = found.filter(({ key }) => known.every((each) => each.key !== key));
      return readSigned(jws, header, signersOf(jws, others));
    });
  };
}

/** Issuers may give their keys one name: which of them signed, the signature tells. */
function signersOf({ signingInput, signature }: CompactJws, keys: readonly IssuerKey[]): readonly IssuerKey[] {
  return keys.filter(({ key }) => verifyEs256(signingInput, signature, key));
}

function readSigned(jws: CompactJws, { typ, kid }: Header, signers: readonly IssuerKey[]): Signed {
  if (signers.length === 0) throw fault('tokens.token_signature_invalid');
  const claims = readClaims(jws);
  const signer = signers.find(({ iss }) => iss === claims.iss);
  if (signer === undefined) throw fault('tokens.token_issuer_mismatch', { expected: signers[0]?.iss });
  return { key: signer.key, token: { claims, kid, type: typ, isSealed: false, ...boundKey(claims) } };
}

interface IssuerKey {
  readonly iss: string;
  readonly key: KeyObject;
}

function currentKeys(kid: string, issuers: Issuers): readonly IssuerKey[] {
  const found: IssuerKey[] = [];
  for (const [iss, source] of issuers) {
    const key = source.current(kid);
    if (key !== undefined) found.push({ iss, key });
  }
  return found;
}

/** Asks every issuer; one that cannot be asked matters only when no other one knows the key. */
async function findKeys(kid: string, issuers: Issuers): Promise<readonly IssuerKey[]> {
  const answers = await Promise.allSettled([...issuers.values()].map((source) => source.find(kid)));
  const found = currentKeys(kid, issuers);
  if (found.length > 0) return found;
  const silent = answers.find((answer) => answer.status === 'rejected');
  throw silent === undefined ? fault('tokens.token_key_unknown') : silent.reason;
}

type ReadHeader = (encoded: string) => Header;

/** An issuer has a handful of headers: each is read once. Whoever invents many only has them read again. */
function createHeaderReader(): ReadHeader {
  const known = new Map<string, Header>();
  return (encoded) => {
    const before = known.get(encoded);
    if (before !== undefined) return before;
    const header = parseHeader(encoded);
    if (known.size >= HEADER_CAPACITY) known.clear();
    known.set(encoded, header);
    return header;
  };
}

/** A header that is well-formed but asks for another kind of token or algorithm is refused as such. */
function parseHeader(encoded: string): Header {
  const { alg, typ, kid } = within('tokens.token_malformed', () =>
    readHeaderMembers(parseStrictJson(parseBase64url(encoded), { maxBytes: MAX_HEADER_BYTES, maxDepth: 1 }), '$'),
  );
  const type = TOKEN_TYPES.find((each) => each === typ);
  if (alg !== ALG || type === undefined)
    throw fault('tokens.token_type_refused', { expected: `${ALG} and a token's typ` });
  return { typ: type, kid };
}

/** The signature is verified: these are the issuer's own words, so the engine's parser, four times as fast, may read them. */
function readClaims(jws: CompactJws): TokenClaims {
  const text = Buffer.from(jws.payload, 'base64url').toString();
  return within('tokens.token_malformed', () => readTokenClaims(parseJson(text), '$'));
}

function parseJson(text: string): JsonValue {
  try {
    return JSON.parse(text);
  } catch {
    return misfit('$', 'JSON');
  }
}

function boundKey({ cnf }: TokenClaims): { readonly jkt?: string } {
  if (cnf === undefined) return {};
  return { jkt: 'jwk' in cnf ? thumbprint(cnf.jwk) : cnf.jkt };
}
