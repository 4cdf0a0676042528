import { ConfigError } from '@assay/core';

/** What an environment is for. Test trust anchors and App Attest's development keys load only into `development`. */
export const ENVIRONMENT_KINDS = ['production', 'staging', 'development'] as const;
export type EnvironmentKind = (typeof ENVIRONMENT_KINDS)[number];

/** One tenant and one environment: the scope of every key, challenge, token and row. */
export interface Issuer {
  /** `https://HOST/t/{tenant}/e/{env}`; configured, never derived from a request header. */
  readonly iss: string;
  readonly tenant: string;
  readonly env: string;
  readonly kind: EnvironmentKind;
}

/** Sealed tokens are all of one length: with the longest of every other name there is room for this one, whatever the verdict. */
const MAX_CHARACTERS = 150;

const NAME = /^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/;

/**
 * Builds an issuer from the server's public origin.
 * @throws ConfigError `service.issuer_invalid` when the origin or a name cannot form one.
 */
export function createIssuer(origin: string, tenant: string, env: string, kind: EnvironmentKind): Issuer {
  if (!URL.canParse(origin) || new URL(origin).origin !== origin) {
    throw new ConfigError('service.issuer_invalid', 'the public origin is not an origin', {
      expected: 'scheme and host without a path, for example https://attest.example.com',
      found: origin,
    });
  }
  for (const name of [tenant, env]) {
    if (!NAME.test(name)) {
      throw new ConfigError('service.issuer_invalid', 'a tenant or environment name is not usable in a URL', {
        expected: 'lower-case letters, digits and inner hyphens, at most 40',
        found: name,
      });
    }
  }
  const iss = `${origin}/t/${tenant}/e/${env}`;
  if (iss.length > MAX_CHARACTERS) {
    throw new ConfigError('service.issuer_invalid', 'the name of an issuer is longer than tokens have room for', {
      expected: `at most ${MAX_CHARACTERS} characters`,
      found: iss,
    });
  }
  return { iss, tenant, env, kind };
}

/** The issuers that one server speaks for, by `iss`. */
export type Issuers = ReadonlyMap<string, Issuer>;

/** @throws ConfigError when the list is empty or names one issuer twice. */
export function createIssuers(list: readonly Issuer[]): Issuers {
  if (list.length === 0) throw new ConfigError('service.issuer_invalid', 'a server without an issuer serves nobody');
  const issuers = new Map(list.map((issuer) => [issuer.iss, issuer]));
  if (issuers.size !== list.length) {
    throw new ConfigError('service.issuer_invalid', 'one issuer is configured twice');
  }
  return issuers;
}
