import type { Rule } from '../rule.ts';
import { code, factRule } from './support/fact-rule.ts';

/** C018: an HTTP client without TLS 1.2. */
export const rule: Rule = factRule({
  id: 'C018',
  name: 'legacy-client',
  kind: 'legacy_client',
  severity: 'warning',
  summary: 'DefaultHttpClient of Apache is used.',
  why: 'Its default constructor does not speak TLS 1.2 and does not check host names by SNI; the class left the platform with API 28.',
  attacker: 'on the path, uses the weaknesses of old versions of TLS',
  lockout: 'nobody',
  fix: 'Use HttpsURLConnection or OkHttp.',
  expected: 'a client of the platform or OkHttp',
  maswe: 'MASWE-0050',
  fires: [code('app/src/main/java/com/example/Net.java', 'HttpClient client = new DefaultHttpClient();')],
  passes: [
    code(
      'app/src/main/java/com/example/Net.java',
      'HttpClient client = HttpClientBuilder.create().build(); // not DefaultHttpClient()',
    ),
  ],
});
