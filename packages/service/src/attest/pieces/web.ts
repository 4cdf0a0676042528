import { verifyWebEvidence } from '@assay/evidence';
import { fault } from '../../fault.ts';
import { registered } from './apps.ts';
import { bindingOf } from './binding.ts';
import { type Bench, type Finding, factsOf, tokenOf } from './finding.ts';

/** A captcha that somebody solved on a page of the app. */
export async function appraiseWeb(bench: Bench): Promise<Finding> {
  const { service, app, at } = bench.situation;
  const { siteHosts: hosts } = registered(app, 'web');
  const { captcha } = service.vendors;
  if (captcha === undefined) throw fault('service.vendor_not_configured', { expected: 'a captcha provider' });
  const answer = await captcha.verify(tokenOf(bench));
  const { provider } = captcha;
  return factsOf(verifyWebEvidence({ provider, answer, binding: bindingOf(bench).text, hosts }, { at }));
}
