import { createIssuer, createIssuers, type Issuers } from '@assay/service';
import type { Config } from './config/schema.ts';

/** @throws ConfigError `service.issuer_invalid` */
export function issuersOf({ origin, environments }: Pick<Config, 'origin' | 'environments'>): Issuers {
  return createIssuers(environments.map(({ tenant, name, kind }) => createIssuer(origin, tenant, name, kind)));
}
