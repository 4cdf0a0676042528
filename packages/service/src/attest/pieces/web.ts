import { verifyWebEvidence } from '@assay/evidence';
import { askCaptcha } from '../../vendors/ask.ts';
import { registered } from './apps.ts';
import { bindingOf } from './binding.ts';
import { type Bench, type Finding, factsOf, tokenOf } from './finding.ts';

/** A captcha that somebody solved on a page of the app. */
export async function appraiseWeb(bench: Bench): Promise<Finding> {
  const { service, issuer, app, at } = bench.situation;
  const { siteHosts: hosts } = registered(app, 'web');
  const { text: binding } = bindingOf(bench);
  const answer = await askCaptcha(service, issuer.iss, tokenOf(bench), binding);
  return factsOf(verifyWebEvidence({ provider: answer.provider, answer, binding, hosts }, { at }));
}
