import type { SceneHosts, SceneRoutes } from '@assay/mitm/attacks';

/** Names of the lab: under a top-level domain that nobody can own (RFC 6761 6.2). */
export const HOSTS: SceneHosts = {
  issuer: 'attest.assay.test',
  api: 'api.assay.test',
  wallet: 'wallet.assay.test',
  partner: 'partner.assay.test',
  production: 'live.assay.test',
  attacker: 'attacker.assay.test',
};

export const ROUTES: SceneRoutes = { read: '/v1/balance', write: '/v1/transfers', whoami: '/v1/whoami' };

export const TENANT = 'lab';
/** The environment of the app, and another one with an API of its own that stands for production. */
export const ENVIRONMENTS = { app: 'dev', other: 'live' } as const;

export const originOf = (host: string): string => `https://${host}`;

export const issuerOf = (env: string): string => `${originOf(HOSTS.issuer)}/t/${TENANT}/e/${env}`;
