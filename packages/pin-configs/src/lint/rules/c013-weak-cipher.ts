import type { Rule } from '../rule.ts';
import { code, factRule } from './support/fact-rule.ts';

/** C013: a weak cipher suite is let in. */
export const rule: Rule = factRule({
  id: 'C013',
  name: 'weak-cipher',
  kind: 'weak_cipher',
  severity: 'warning',
  summary: 'A cipher suite without encryption, without a certificate or with broken encryption is let in.',
  why: 'NULL suites do not encrypt, anonymous ones have no certificate to pin, RC4, DES, 3DES and export suites are broken.',
  attacker: 'on the path, reads what such a suite protects where the server accepts it',
  lockout: 'nobody',
  fix: 'Leave the suites to the platform.',
  expected: "suites of TLS 1.2 with AEAD, or the platform's own",
  maswe: 'MASWE-0050',
  fires: [
    code(
      'app/src/main/java/com/example/Net.java',
      'socket.setEnabledCipherSuites(new String[] { "TLS_RSA_WITH_RC4_128_SHA" });',
    ),
  ],
  passes: [
    code(
      'app/src/main/java/com/example/Net.java',
      'socket.setEnabledCipherSuites(new String[] { "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256" });',
    ),
  ],
});
