import type { TokensCode } from '@assay/tokens';
import type { MiddlewareCode, VerifierOptions } from '../src/index.ts';
import { type HeaderList, type ProofOptions, proofFor } from './kit.ts';

/** One way to be refused: what is sent, the operator's code, and the answer. */
export interface RefusalRow {
  readonly name: string;
  readonly extra?: Partial<VerifierOptions>;
  readonly method?: string;
  readonly path?: string;
  readonly headers: () => HeaderList | Promise<HeaderList>;
  /** Whether only a check that sees the headers as they were sent can tell. */
  readonly needsRawHeaders?: boolean;
  readonly code: TokensCode | MiddlewareCode | 'store.unavailable';
  readonly status: number;
  readonly problem: string;
  readonly challenge: string | undefined;
}

type Sent = Pick<RefusalRow, 'name' | 'headers' | 'code'> & Partial<RefusalRow>;

export const answered =
  (status: number, problem: string, challenge?: string) =>
  (row: Sent): RefusalRow => ({ status, problem, challenge, ...row });

export const required = answered(401, 'attestation_required', 'DPoP algs="ES256"');
export const badToken = answered(401, 'invalid_token', 'DPoP error="invalid_token", algs="ES256"');
export const badProof = answered(401, 'invalid_dpop_proof', 'DPoP error="invalid_dpop_proof", algs="ES256"');
export const nonceNeeded = answered(401, 'use_dpop_nonce', 'DPoP error="use_dpop_nonce", algs="ES256"');
export const stale = answered(401, 'use_fresh_attestation', 'DPoP error="use_fresh_attestation", algs="ES256"');
export const denied = answered(403, 'attestation_denied', 'DPoP error="insufficient_scope", algs="ES256"');
export const down = answered(503, 'vendor_unavailable');

/** A request with this attestation token and a proof that covers it. */
export async function withToken(attestation: string, proof: ProofOptions = {}): Promise<HeaderList> {
  return [
    ['OAuth-Client-Attestation', attestation],
    ['DPoP', await proofFor({ attestation, ...proof })],
  ];
}

/** The same in `Authorization: DPoP`. */
export async function withAccessToken(authorization: string, proof: ProofOptions = {}): Promise<HeaderList> {
  return [
    ['Authorization', `DPoP ${authorization}`],
    ['DPoP', await proofFor({ authorization, ...proof })],
  ];
}

export const inAuthorization: Partial<VerifierOptions> = { shape: 'access_token' };
export const twice = (headers: HeaderList, name: string): HeaderList => [
  ...headers,
  ...headers.filter(([each]) => each === name),
];
export const folded = (headers: HeaderList, name: string): HeaderList =>
  headers.map(([each, value]) => [each, each === name ? `${value}, ${value}` : value]);
export const without = (headers: HeaderList, name: string): HeaderList => headers.filter(([each]) => each !== name);

/** A character of the signature replaced by another one. */
export function bent(token: string): string {
  const at = token.lastIndexOf('.') + 5;
  return `${token.slice(0, at)}${token[at] === 'A' ? 'B' : 'A'}${token.slice(at + 1)}`;
}

export const unreachable = (): Promise<never> => Promise.reject(new TypeError('fetch failed'));
