import type { Rule } from '../rule.ts';
import { code, factRule } from './support/fact-rule.ts';

/** C002: a trust manager of the app's own. */
export const rule: Rule = factRule({
  id: 'C002',
  name: 'custom-trust-manager',
  kind: 'custom_trust_manager',
  severity: 'warning',
  summary: "A trust manager of the app's own does not ask the platform's.",
  why: "The Network Security Configuration lives in the platform's trust manager: its pins, its anchors and certificate transparency do not hold for connections that another one decides.",
  attacker: 'depends on what the class forgets; pins in the configuration do not stop anybody here',
  lockout: 'nobody',
  fix: 'Use the default trust manager, and pin in the configuration or by CertificatePinner.',
  expected: 'the trust manager of TrustManagerFactory',
  maswe: 'MASWE-0047',
  fires: [
    code(
      'app/src/main/java/com/example/Net.java',
      'class Manager implements X509TrustManager {',
      '  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {',
      '    verifySignatures(chain, ourRoot);',
      '  }',
      '}',
    ),
  ],
  passes: [
    code(
      'app/src/main/java/com/example/Net.java',
      'TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());',
      'class Manager implements X509TrustManager {',
      '  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {',
      '    platform.checkServerTrusted(chain, type);',
      '  }',
      '}',
    ),
    code(
      'app/src/main/java/com/example/Net.kt',
      'class Pinned(private val delegate: X509TrustManager) : X509TrustManager by delegate',
    ),
    code(
      'app/src/test/java/com/example/Net.java',
      'class Manager implements X509TrustManager {',
      '  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {',
      '    verifySignatures(chain, ourRoot);',
      '  }',
      '}',
    ),
  ],
});
