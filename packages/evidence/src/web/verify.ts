/**
 * `web` evidence: a page's own key and a captcha. It proves that somebody, or something that passes for somebody, solved a
 * captcha on a page of this site a moment ago. It proves nothing about the browser, the device, or the code on the page, and
 * the key is kept by the browser: so no policy may give it more than the lowest assurance.
 */
import { type CheckStep, ConfigError, claimed, type Facts, noFacts, proven } from '@assay/core';
import { type Appraisal, appraiseWhere } from '../shared/appraisal.ts';
import { action } from './checks/action.ts';
import { age } from './checks/age.ts';
import { binding } from './checks/binding.ts';
import { host } from './checks/host.ts';
import { passed } from './checks/passed.ts';
import type { CaptchaProvider } from './providers.ts';
import type { WebContext, WebInput, WebState } from './state.ts';

/** Name of the format in facts. */
export const WEB = 'web';

export const WEB_CHECKS: readonly CheckStep<WebState>[] = [passed, host, age, binding, action];

export interface WebProof {
  readonly provider: CaptchaProvider;
  readonly host: string;
  /** Epoch milliseconds. */
  readonly solvedAt: number;
}

/**
 * Verifies a provider's answer about a captcha: it was passed, on this site, just now, and for this statement where the
 * provider can say so.
 *
 * @throws ConfigError `web.hosts_empty`
 */
export function verifyWebEvidence(input: WebInput, { at }: WebContext): Appraisal<WebProof> {
  if (input.hosts.length === 0) {
    throw new ConfigError('web.hosts_empty', 'no host is configured on which captchas may be solved');
  }
  const applies = ({ id }: { readonly id: string }) => id !== action.id || input.action !== undefined;
  return appraiseWhere(WEB_CHECKS, applies, { input, at }, conclude);
}

function conclude({ input, at }: WebState) {
  const { hostname = '', solvedAt = at } = input.answer; // both are there: the checks have compared them
  const host = hostname.toLowerCase();
  return { proven: { provider: input.provider, host, solvedAt }, facts: webFacts(host) };
}

function webFacts(host: string): Facts {
  const none = noFacts();
  return {
    ...none,
    evidence: [WEB],
    platform: proven('web', WEB),
    app: { ...none.app, id: proven(host, WEB) },
    key: { ...none.key, protection: claimed('software', WEB) },
    runtime: { ...none.runtime, captcha: proven(true, WEB) },
  };
}
