import { toBase64url, utf8 } from '@assay/formats';
import { type EcJwk, integer, matching, object, type Reader, word } from '@assay/formats/shape';
import { fault } from '../fault.ts';
import { createKeyedJws, type Sign, TYPES } from './jws.ts';

/**
 * Claims of a DPoP proof (RFC 9449 4.2), with `att_h` for the attestation token that rides in a header of its own, and
 * `qry_h` and `bod_h` for what `htu` leaves out.
 */
export interface ProofClaims {
  readonly jti: string;
  readonly htm: string;
  readonly htu: string;
  /** Seconds since the epoch. */
  readonly iat: number;
  readonly nonce?: string;
  /** base64url SHA-256 of the token in `Authorization`. */
  readonly ath?: string;
  /** base64url SHA-256 of the token in `OAuth-Client-Attestation`. */
  readonly att_h?: string;
  /** base64url SHA-256 of the query, without its question mark; of nothing where there is none. */
  readonly qry_h?: string;
  /** base64url SHA-256 of the body; of nothing where there is none. */
  readonly bod_h?: string;
}

export const PROOF_LIMITS = { characters: 2304, payloadBytes: 1536, jti: 64, target: 1024 } as const;

const LIMITS = PROOF_LIMITS;

/** Unknown claims are ignored, as RFC 7519 4 asks: proofs come from foreign clients too. */
export const readProofClaims: Reader<ProofClaims> = object(
  {
    jti: word(LIMITS.jti),
    htm: matching(/^[A-Z][A-Z-]{0,31}$/, 'a method'),
    htu: word(LIMITS.target),
    iat: integer(0),
  },
  { nonce: word(128), ath: word(64), att_h: word(64), qry_h: word(64), bod_h: word(64) },
  { open: true },
);

/** What a client proves: this request, now, with these tokens. Hashing is the caller's: SHA-256 of the ASCII of each token. */
export interface ProofInput {
  readonly method: string;
  /** Query and fragment are left out of the address. */
  readonly url: string;
  /** SHA-256 of the query as it is sent, without its question mark. */
  readonly queryHash?: Uint8Array | undefined;
  /** SHA-256 of the body as it is sent. */
  readonly bodyHash?: Uint8Array | undefined;
  /** At least 16 random bytes, at most 48. */
  readonly jti: Uint8Array;
  /** Seconds since the epoch. */
  readonly iat: number;
  readonly nonce?: string | undefined;
  /** SHA-256 of the token in `Authorization`. */
  readonly accessTokenHash?: Uint8Array | undefined;
  /** SHA-256 of the token in `OAuth-Client-Attestation`. */
  readonly attestationHash?: Uint8Array | undefined;
}

/**
 * Makes a DPoP proof.
 *
 * @throws RequestError `tokens.target_ambiguous` for an address that two readers may read differently
 */
export function createProof(input: ProofInput, jwk: EcJwk, sign: Sign): Promise<string> {
  const { accessTokenHash, attestationHash, queryHash, bodyHash, nonce } = input;
  const claims: ProofClaims = {
    jti: toBase64url(input.jti),
    htm: input.method.toUpperCase(),
    htu: toTarget(input.url),
    iat: input.iat,
    ...(nonce === undefined ? {} : { nonce }),
    ...(accessTokenHash === undefined ? {} : { ath: toBase64url(accessTokenHash) }),
    ...(attestationHash === undefined ? {} : { att_h: toBase64url(attestationHash) }),
    ...(queryHash === undefined ? {} : { qry_h: toBase64url(queryHash) }),
    ...(bodyHash === undefined ? {} : { bod_h: toBase64url(bodyHash) }),
  };
  return createKeyedJws(TYPES.proof, jwk, utf8(JSON.stringify(claims)), sign);
}

const ADDRESS = /^(https?):\/\/([a-z0-9.-]+|\[[0-9a-f:.]+\])(?::([0-9]{1,5}))?(\/[^?#]*)?(?:[?#].*)?$/i;

/** What lets two readers of one path disagree: encoded slash, backslash and NUL, bare ones, empty segments, parameters. */
const AMBIGUOUS = /%(?:2f|5c|00)|%(?![0-9a-f]{2})|\\|\/\/|;|[^!-~]/i;

const DEFAULT_PORTS: Readonly<Record<string, string>> = { http: '80', https: '443' };

/**
 * The one form of an address that proofs are compared in (RFC 9449 4.3 with RFC 3986 6.2.2 and 6.2.3): no query or
 * fragment, host in lower case, no default port, unreserved characters bare. Throws `tokens.target_ambiguous`.
 */
export function toTarget(url: string): string {
  const [, scheme = '', host = '', port, path = '/'] = url.length > LIMITS.target * 4 ? [] : (ADDRESS.exec(url) ?? []);
  if (host === '') throw fault('tokens.target_ambiguous', { expected: 'an absolute http or https address' });
  const protocol = scheme.toLowerCase();
  const suffix = port === undefined || port === DEFAULT_PORTS[protocol] ? '' : `:${port}`;
  return `${protocol}://${host.toLowerCase()}${suffix}${toPath(path)}`;
}

/** The one form of a path. Throws `tokens.target_ambiguous`. */
export function toPath(path: string): string {
  if (AMBIGUOUS.test(path)) throw fault('tokens.target_ambiguous');
  const normal = path.replace(/%[0-9a-f]{2}/gi, bareIfUnreserved);
  if (normal.split('/').some((segment) => segment === '.' || segment === '..')) throw fault('tokens.target_ambiguous');
  return normal;
}

function bareIfUnreserved(triplet: string): string {
  const character = String.fromCharCode(Number.parseInt(triplet.slice(1), 16));
  return /[A-Za-z0-9._~-]/.test(character) ? character : triplet.toUpperCase();
}
