import type { Rule } from '../rule.ts';
import { code, factRule } from './support/fact-rule.ts';

/** C012: TLS 1.1 or older is let in. */
export const rule: Rule = factRule({
  id: 'C012',
  name: 'weak-protocol',
  kind: 'weak_protocol',
  severity: 'warning',
  summary: 'A version of TLS before 1.2 is let in.',
  why: 'RFC 8996 ends TLS 1.0 and 1.1, RFC 7568 ends SSL 3. Platforms refuse them by default; this asks for them.',
  attacker: 'on the path, uses the weaknesses of old versions where the server offers them too',
  lockout: 'nobody',
  fix: 'Leave the versions to the platform, or ask for TLS 1.2 and newer.',
  expected: 'TLS 1.2 or newer',
  maswe: 'MASWE-0050',
  fires: [
    code('app/src/main/java/com/example/Net.java', 'SSLContext context = SSLContext.getInstance("TLSv1");'),
    code('app/src/main/java/com/example/Net.kt', 'socket.setEnabledProtocols(arrayOf("TLSv1.1", "TLSv1.2"))'),
    code('App/Net.swift', 'configuration.tlsMinimumSupportedProtocolVersion = .TLSv10'),
    code(
      'App/Net.cs',
      'ServicePointManager.SecurityProtocol = SecurityProtocolType.Tls11 | SecurityProtocolType.Tls12;',
    ),
  ],
  passes: [
    code('app/src/main/java/com/example/Net.java', 'SSLContext context = SSLContext.getInstance("TLS");'),
    code('App/Net.swift', 'configuration.tlsMinimumSupportedProtocolVersion = .TLSv12'),
    code('App/Net.cs', 'ServicePointManager.SecurityProtocol = SecurityProtocolType.Tls12;'),
  ],
});
