import type { Rule } from '../rule.ts';
import { code, factRule } from './support/fact-rule.ts';

/** C009: any host's certificate is accepted. */
export const rule: Rule = factRule({
  id: 'C009',
  name: 'hostname-any',
  kind: 'hostname_any',
  severity: 'error',
  summary: 'The certificate of any host is accepted.',
  why: 'A valid path proves that somebody owns some name. Without the comparison of names, a certificate of any name in the world passes.',
  attacker: 'intercepts with a certificate of a domain of their own',
  lockout: 'nobody',
  fix: 'Leave the verification of names to the platform.',
  expected: 'a comparison of the certificate with the host name',
  fires: [
    code(
      'app/src/main/java/com/example/Net.kt',
      'val client = OkHttpClient.Builder().hostnameVerifier { _, _ -> true }.build()',
    ),
    code(
      'app/src/main/java/com/example/Net.java',
      'HttpsURLConnection.setDefaultHostnameVerifier((host, session) -> true);',
    ),
    code(
      'app/src/main/java/com/example/Net.java',
      'class Any implements HostnameVerifier {',
      '  @Override public boolean verify(String host, SSLSession session) { return true; }',
      '}',
    ),
    code(
      'app/src/main/java/com/example/Net.java',
      'client.setHostnameVerifier(SSLSocketFactory.ALLOW_ALL_HOSTNAME_VERIFIER);',
    ),
    code('App/Net.m', 'policy.validatesDomainName = NO;'),
    code('App/Net.swift', 'let evaluator = PinnedCertificatesTrustEvaluator(certificates: all, validateHost: false)'),
    code('App/Net.swift', 'SecTrustSetPolicies(trust, SecPolicyCreateSSL(true, nil))'),
    code('src/net.ts', 'const agent = new https.Agent({ checkServerIdentity: () => undefined });'),
  ],
  passes: [
    code(
      'app/src/main/java/com/example/Net.kt',
      'val client = OkHttpClient.Builder().hostnameVerifier { host, session -> OkHostnameVerifier.verify(host, session) }.build()',
    ),
    code(
      'app/src/main/java/com/example/Net.java',
      'class Strict implements HostnameVerifier {',
      '  @Override public boolean verify(String host, SSLSession session) {',
      '    return HttpsURLConnection.getDefaultHostnameVerifier().verify(host, session);',
      '  }',
      '}',
    ),
    code('App/Net.swift', 'SecTrustSetPolicies(trust, SecPolicyCreateSSL(true, host as CFString))'),
    code(
      'src/net.ts',
      'const agent = new https.Agent({ checkServerIdentity: (host, cert) => tls.checkServerIdentity(host, cert) ?? comparePin(cert) });',
    ),
  ],
});
