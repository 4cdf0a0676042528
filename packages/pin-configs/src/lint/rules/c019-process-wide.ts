import type { Rule } from '../rule.ts';
import { code, factRule } from './support/fact-rule.ts';

/** C019: validation of the whole process is replaced. */
export const rule: Rule = factRule({
  id: 'C019',
  name: 'process-wide',
  kind: 'process_wide',
  severity: 'warning',
  summary: 'Validation is replaced for every HttpsURLConnection of the process.',
  why: 'The default holds for libraries as well, those that report crashes and sell advertisements among them. What is right for one host is then asked about all, and the last caller wins.',
  attacker: 'depends on what the replacement forgets, for every connection',
  lockout: 'nobody',
  fix: 'Set it on the connection that needs it.',
  expected: "the platform's defaults",
  fires: [
    code('app/src/main/java/com/example/Net.java', 'HttpsURLConnection.setDefaultHostnameVerifier(new OurVerifier());'),
    code(
      'app/src/main/java/com/example/Net.kt',
      'HttpsURLConnection.setDefaultSSLSocketFactory(context.socketFactory)',
    ),
  ],
  passes: [code('app/src/main/java/com/example/Net.java', 'connection.setHostnameVerifier(new OurVerifier());')],
});
