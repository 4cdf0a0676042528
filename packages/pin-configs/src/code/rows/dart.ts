import type { FactRow } from '../find.ts';

const DART = ['dart'] as const;
const SAYS_TRUE = /(?:= > (?:true|\{ return true ; \})|\) \{ return true ; \})(?: \))*$/;
const CALLBACK = 'badCertificateCallback|onBadCertificate|validateCertificate';

/** Dart: `dart:io`, Dio, gRPC, http_certificate_pinning. */
export const DART_ROWS: readonly FactRow[] = [
  {
    kind: 'trust_all',
    what: 'badCertificateCallback that returns true',
    in: DART,
    pattern: CALLBACK,
    region: 'value',
    is: [SAYS_TRUE],
  },
  { kind: 'trust_all', what: 'allowBadCertificates', in: DART, pattern: ': allowBadCertificates' },
  {
    kind: 'trust_all',
    what: 'badCertificateCallback that returns true',
    in: DART,
    pattern: 'bool allowBadCertificates|badCertificateCallback (',
    region: 'function',
    is: [/^(?:> )?(?:return )?true ?;?$/],
  },
  {
    kind: 'key_match_only',
    what: 'badCertificateCallback that compares a certificate',
    in: DART,
    pattern: CALLBACK,
    region: 'value',
    is: [/\. (?:pem|sha1|der|sha256)\b/, /= =|contains|equals/],
    fileLacks: ['withTrustedRoots', 'validateCertificate'],
  },
  {
    kind: 'probe_pinning',
    what: 'HttpCertificatePinning.check',
    in: DART,
    pattern: 'HttpCertificatePinning . check (',
  },
  {
    kind: 'probe_pinning',
    what: 'CertificatePinningInterceptor',
    in: DART,
    pattern: 'CertificatePinningInterceptor (',
  },
  {
    kind: 'probe_pinning',
    what: 'CertificatePinningHttpClient',
    in: DART,
    pattern: 'SecureHttpClient . build (',
    fileHas: ['http_certificate_pinning', 'SecureHttpClient'],
  },
  {
    kind: 'adds_root',
    what: 'SecurityContext.defaultContext.setTrustedCertificates',
    in: DART,
    pattern: 'defaultContext . setTrustedCertificatesBytes|setTrustedCertificates',
  },
  {
    kind: 'adds_root',
    what: 'SecurityContext(withTrustedRoots: true)',
    in: DART,
    pattern: 'withTrustedRoots : true … setTrustedCertificatesBytes|setTrustedCertificates',
  },
  {
    kind: 'remote_pins',
    what: 'FirebaseRemoteConfig',
    in: DART,
    pattern:
      'getString|getValue ( "ssl_pin|ssl_pins|certificate_pin|certificate_pins|cert_pin|cert_pins|pins|pin_set|fingerprints|allowed_fingerprints"',
    fileHas: ['FirebaseRemoteConfig', 'remoteConfig', '_remoteConfig'],
  },
];
