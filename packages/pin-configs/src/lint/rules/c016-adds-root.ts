import type { Rule } from '../rule.ts';
import { code, factRule } from './support/fact-rule.ts';

/** C016: a CA is added to the trusted ones, which pins nothing. */
export const rule: Rule = factRule({
  id: 'C016',
  name: 'adds-root',
  kind: 'adds_root',
  severity: 'warning',
  summary: 'A CA is added to those that the device trusts.',
  why: 'setTrustedCertificates of a context with the built-in roots adds one more. That is the reverse of pinning: everything that passed before still passes.',
  attacker: 'any CA that the device trusts still passes',
  lockout: 'nobody',
  fix: 'Start from SecurityContext(withTrustedRoots: false), so that only the CA that is added is trusted.',
  expected: 'SecurityContext(withTrustedRoots: false)',
  maswe: 'MASWE-0047',
  fires: [
    code('lib/net.dart', 'SecurityContext.defaultContext.setTrustedCertificatesBytes(ca);'),
    code('lib/net.dart', 'final context = SecurityContext(withTrustedRoots: true)..setTrustedCertificatesBytes(ca);'),
  ],
  passes: [
    code('lib/net.dart', 'final context = SecurityContext(withTrustedRoots: false)..setTrustedCertificatesBytes(ca);'),
  ],
});
