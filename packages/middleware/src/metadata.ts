import { ALG } from '@assay/tokens';
import { misconfigured } from './fault.ts';
import type { Shape } from './options.ts';

/** Protected resource metadata (RFC 9728 2), with the member of the attestation draft. */
export interface ResourceMetadata {
  readonly resource: string;
  readonly authorization_servers: readonly string[];
  readonly bearer_methods_supported: readonly string[];
  readonly dpop_signing_alg_values_supported: readonly string[];
  readonly dpop_bound_access_tokens_required: boolean;
  readonly client_attestation_pop_methods_supported: readonly string[];
}

/** What the document is about; the options of a verifier fit. */
export interface ResourceOptions {
  readonly issuer: string | readonly string[];
  /** Identifier of the API: an https address without fragment. */
  readonly audience: string;
  readonly shape?: Shape;
  readonly dpop?: 'required' | 'optional' | 'off';
}

const WELL_KNOWN = '/.well-known/oauth-protected-resource';

/** Path on the API's host that serves the document: the well-known part comes before the path of the API (RFC 9728 3.1). */
export function resourceMetadataPath(audience: string): string {
  const { pathname, search } = toAddress(audience);
  return `${WELL_KNOWN}${pathname === '/' ? '' : pathname}${search}`;
}

/**
 * The document that tells clients whose tokens an API takes, and in which shape. Unsigned and public: nothing is trusted
 * because of it. Throws ConfigError `middleware.options_invalid` when the audience is no address.
 */
export function createResourceMetadata({
  issuer,
  audience,
  shape,
  dpop = 'required',
}: ResourceOptions): ResourceMetadata {
  toAddress(audience);
  const algorithms = [ALG];
  return {
    resource: audience,
    authorization_servers: typeof issuer === 'string' ? [issuer] : issuer,
    bearer_methods_supported: ['header'],
    dpop_signing_alg_values_supported: algorithms,
    dpop_bound_access_tokens_required: dpop === 'required',
    client_attestation_pop_methods_supported: shape === 'access_token' ? [] : ['dpop_combined'],
  };
}

function toAddress(audience: string): URL {
  if (!URL.canParse(audience) || audience.includes('#')) throw misconfigured('audience: an https address');
  return new URL(audience);
}
