import { ALG } from '../wire/jws.ts';

/** Authorization server metadata (RFC 8414 2) with the members of the attestation draft and our own version list. */
export interface IssuerMetadata {
  readonly issuer: string;
  readonly jwks_uri: string;
  readonly challenge_endpoint: string;
  readonly token_endpoint_auth_methods_supported: readonly string[];
  readonly token_endpoint_auth_signing_alg_values_supported: readonly string[];
  readonly dpop_signing_alg_values_supported: readonly string[];
  readonly client_attestation_signing_alg_values_supported: readonly string[];
  readonly client_attestation_pop_signing_alg_values_supported: readonly string[];
  readonly client_attestation_pop_methods_supported: readonly string[];
  readonly assay_versions_supported: readonly number[];
}

/** Path of the metadata below the host: the well-known part comes before the issuer's path (RFC 8414 3.1). */
export const METADATA_PREFIX = '/.well-known/oauth-authorization-server';

/** Where an issuer's documents are, below the issuer. */
export const ISSUER_PATHS = { jwks: '/v1/jwks', challenge: '/v1/challenge' } as const;

/** The metadata of an issuer. Everything is configured; nothing comes from the request's headers. */
export function createMetadata(iss: string): IssuerMetadata {
  const algorithms = [ALG];
  return {
    issuer: iss,
    jwks_uri: `${iss}${ISSUER_PATHS.jwks}`,
    challenge_endpoint: `${iss}${ISSUER_PATHS.challenge}`,
    token_endpoint_auth_methods_supported: ['attest_jwt_client_auth_dpop'],
    token_endpoint_auth_signing_alg_values_supported: algorithms,
    dpop_signing_alg_values_supported: algorithms,
    client_attestation_signing_alg_values_supported: algorithms,
    client_attestation_pop_signing_alg_values_supported: algorithms,
    client_attestation_pop_methods_supported: ['dpop_combined'],
    assay_versions_supported: [1],
  };
}
