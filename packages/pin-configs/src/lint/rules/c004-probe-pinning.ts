import type { Rule } from '../rule.ts';
import { code, factRule } from './support/fact-rule.ts';

/** C004: the connection that is checked is not the one that is used. */
export const rule: Rule = factRule({
  id: 'C004',
  name: 'probe-pinning',
  kind: 'probe_pinning',
  severity: 'warning',
  summary: 'Pins are checked on a connection of their own, and the request goes over another.',
  why: 'http_certificate_pinning connects once, compares the fingerprint of the leaf certificate and lets the HTTP client connect again. Nothing is compared on the second connection.',
  attacker: 'lets the first connection through and intercepts the second',
  lockout: 'everybody with each renewal: the fingerprint is one of the whole leaf certificate',
  fix: 'Pin inside of the connection: a SecurityContext with only your CA, or a native client with pins.',
  expected: 'pins compared on the connection that carries the request',
  maswe: 'MASWE-0047',
  fires: [
    code(
      'lib/net.dart',
      "import 'package:http_certificate_pinning/http_certificate_pinning.dart';",
      'await HttpCertificatePinning.check(serverURL: url, sha: SHA.SHA256, allowedSHAFingerprints: prints);',
    ),
    code('lib/net.dart', 'dio.interceptors.add(CertificatePinningInterceptor(allowedSHAFingerprints: prints));'),
  ],
  passes: [
    code(
      'lib/net.dart',
      'final context = SecurityContext(withTrustedRoots: false)..setTrustedCertificatesBytes(ca);',
      'final client = HttpClient(context: context);',
    ),
  ],
});
