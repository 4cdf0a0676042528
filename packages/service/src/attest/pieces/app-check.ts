import { verifyAppCheckToken } from '@assay/evidence';
import { fault } from '../../fault.ts';
import { registered } from './apps.ts';
import { type Bench, type Finding, holding, tokenOf } from './finding.ts';

/** A Firebase App Check token. It commits to nothing of ours, so each enrols one key alone, and is as fresh as it was made. */
export async function appraiseAppCheck(bench: Bench): Promise<Finding> {
  const { service, app, at } = bench.situation;
  const { project, appIds: apps } = registered(app, 'appCheck');
  const { appCheckKeys } = service.vendors;
  if (appCheckKeys === undefined)
    throw fault('service.vendor_not_configured', { expected: 'the key set of App Check' });
  const appraisal = verifyAppCheckToken({ token: tokenOf(bench), project, apps }, { keys: await appCheckKeys(), at });
  const { proven, facts, checks } = holding(appraisal);
  return { facts, checks, once: proven.once, madeAt: proven.issuedAt };
}
