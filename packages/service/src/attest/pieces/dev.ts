import type { DevGrant } from '@assay/core';
import { grantNamedBy, verifyDevEvidence } from '@assay/evidence';
import { parseStrictJson } from '@assay/formats';
import { ecJwk } from '@assay/formats/shape';
import { fault } from '../../fault.ts';
import { bindingOf } from './binding.ts';
import { type Bench, type Finding, factsOf, tokenOf } from './finding.ts';

/**
 * Evidence by a grant, for simulators and CI. At a refresh the grant must still be in force, so revoking it ends what lives by
 * it; only an enrolment counts as a use.
 *
 * @throws RequestError `service.platform_not_registered` in environments of another kind, whatever the app's registration says
 */
export async function appraiseDev(bench: Bench): Promise<Finding> {
  const { issuer, app, at } = bench.situation;
  if (!app.dev || issuer.kind !== 'development') throw fault('service.platform_not_registered', { expected: 'dev' });
  const token = tokenOf(bench);
  const { id, publicJwk, expiresAt } = await grantOf(bench, grantNamedBy(token));
  const jwk = ecJwk(parseStrictJson(publicJwk, { maxBytes: 1024 }), '$');
  const finding = factsOf(
    verifyDevEvidence({ token, grant: { id, jwk, expiresAt }, binding: bindingOf(bench).text }, { at }),
  );
  return { ...finding, grant: id };
}

async function grantOf({ situation: { service, issuer, app, at } }: Bench, id: string): Promise<DevGrant> {
  const grant = await service.store.grant(issuer.iss, id);
  const isInForce = grant?.app === app.id && grant.revokedAt === null && at < grant.expiresAt;
  if (grant === undefined || !isInForce) throw fault('service.grant_unfit');
  return grant;
}
