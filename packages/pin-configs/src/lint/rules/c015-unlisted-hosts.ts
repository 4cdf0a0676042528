import type { Rule } from '../rule.ts';
import { code, factRule } from './support/fact-rule.ts';

/** C015: hosts that are not listed pass unpinned. */
export const rule: Rule = factRule({
  id: 'C015',
  name: 'unlisted-hosts',
  kind: 'unlisted_hosts',
  severity: 'warning',
  summary: 'Hosts that the list of evaluators does not name are not pinned.',
  why: 'Alamofire compares names exactly and has no wildcards: with allHostsMustBeEvaluated false, a new or redirected host passes by the trust store alone.',
  attacker: 'redirects to a host that is not listed',
  lockout: 'nobody',
  fix: 'Leave allHostsMustBeEvaluated at its default, true, and list every host.',
  expected: 'allHostsMustBeEvaluated: true',
  maswe: 'MASWE-0047',
  fires: [
    code('App/Net.swift', 'let manager = ServerTrustManager(allHostsMustBeEvaluated: false, evaluators: evaluators)'),
  ],
  passes: [code('App/Net.swift', 'let manager = ServerTrustManager(evaluators: evaluators)')],
});
