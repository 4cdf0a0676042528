import type { Rule } from '../rule.ts';
import { code, factRule } from './support/fact-rule.ts';

/** C014: a pinning API is told not to pin. */
export const rule: Rule = factRule({
  id: 'C014',
  name: 'pinning-off',
  kind: 'pinning_off',
  severity: 'info',
  summary: 'An API for pinning is told not to pin.',
  why: 'The call says that pinning was thought of and left out. Whether another mechanism covers the host, the call does not say.',
  attacker: 'nothing more than on an app without pins',
  lockout: 'nobody',
  fix: 'State the pins, or remove the call.',
  expected: 'pins',
  maswe: 'MASWE-0047',
  fires: [
    code('App/Net.m', 'manager.securityPolicy = [AFSecurityPolicy policyWithPinningMode:AFSSLPinningModeNone];'),
    code('app/src/main/java/com/example/Net.kt', 'builder.certificatePinner(CertificatePinner.DEFAULT)'),
  ],
  passes: [
    code('App/Net.m', 'manager.securityPolicy = [AFSecurityPolicy policyWithPinningMode:AFSSLPinningModePublicKey];'),
    code('app/src/main/java/com/example/Net.kt', 'builder.certificatePinner(pinner)'),
  ],
});
