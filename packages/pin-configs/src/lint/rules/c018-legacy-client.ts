import type { Rule } from '../rule.ts';
import { code, factRule } from './support/fact-rule.ts';

/** C018: a client that the platform gave up. */
export const rule: Rule = factRule({
  id: 'C018',
  name: 'legacy-client',
  kind: 'legacy_client',
  severity: 'warning',
  summary: 'A client is used that the platform gave up for its TLS.',
  why: 'DefaultHttpClient of Apache does not speak TLS 1.2 by its default constructor and left the platform with API 28. SSLCertificateSocketFactory is deprecated since API 29: its sockets verify no host name before they are asked to.',
  attacker: 'on the path, uses the weaknesses of old versions of TLS, or a certificate of another name',
  lockout: 'nobody',
  fix: 'Use HttpsURLConnection or OkHttp.',
  expected: 'a client of the platform or OkHttp',
  maswe: 'MASWE-0050',
  fires: [
    code('app/src/main/java/com/example/Net.java', 'HttpClient client = new DefaultHttpClient();'),
    code('app/src/main/java/com/example/Net.kt', 'val factory = SSLCertificateSocketFactory(1000)'),
  ],
  passes: [
    code(
      'app/src/main/java/com/example/Net.java',
      'HttpClient client = HttpClientBuilder.create().build(); // not DefaultHttpClient()',
    ),
  ],
});
