import type { FactRow } from '../find.ts';

/** Classes with which a file hands the path to the platform's own validation. */
const PLATFORM_VALIDATION = [
  'TrustManagerFactory',
  'CertPathValidator',
  'X509TrustManagerExtensions',
  'HandshakeCertificates',
];

/** A body that calls nothing but a log and throws nothing. */
const DOES_SOMETHING = [/throw|super|yield|\?:/, /(?<!\b(?:[dievw]|wtf|print|println|log|debug|info|warn)) \(/, /\{/];
const COMPARES = /publicKey|PublicKey|MessageDigest|getEncoded|\. encoded|sha256|SHA-256|fingerprint|\. equals \(|= =/i;
const VALIDATES = /\. (?:checkServerTrusted|checkTrusted|verify|validate|checkServer|isServerTrusted) \(|super \./;
const LOOPS = /\bfor \(|\. (?:any|all|none|forEach|map|find|first|stream|filter|mapNotNull) [({]/;

const BOTH = ['kotlin', 'java'] as const;
const OLD_TLS = '"SSLv2|SSLv3|TLSv1|TLSv1.0|TLSv1.1"';
const RETURNS_TRUE = /(?:^|return )true ?;?$/;
/** Something in the body may still say no. */
const MAY_REFUSE = [/return (?!true)/, /throw|verify|Verifier|\bif \(|\bwhen \(/];
const LAMBDA_TRUE = /^[\w ,():{]*- > (?:\{ return )?true[ ;})]*$/;

const managerRows = (['fun', 'void'] as const).flatMap((word): readonly FactRow[] => {
  const shared = { in: [word === 'fun' ? 'kotlin' : 'java'], region: 'function' } as const;
  const pattern = `${word} checkServerTrusted (`;
  const what = 'X509TrustManager.checkServerTrusted';
  return [
    { ...shared, kind: 'trust_all', what: `${what} that checks nothing`, pattern, not: DOES_SOMETHING },
    {
      ...shared,
      kind: 'trust_all',
      what: `${what} that catches the refusal`,
      pattern,
      is: [
        /\. checkServerTrusted \(/,
        /catch \( (?:final )?(?:\w+ : )?(?:Certificate|GeneralSecurity)?(?:Exception|Throwable)/,
      ],
      // Whoever asks a second manager in the catch has asked somebody.
      not: [/throw/, /catch \( .*\. checkServerTrusted \(/],
    },
    {
      ...shared,
      kind: 'key_match_only',
      what,
      pattern,
      is: [COMPARES, /throw/],
      not: [VALIDATES],
      fileLacks: PLATFORM_VALIDATION,
    },
    {
      ...shared,
      kind: 'presented_list',
      what: `${what}, its chain argument`,
      pattern,
      is: [/\. checkServerTrusted \(/, COMPARES, LOOPS, /MessageDigest|sha256|pin/i],
      not: [
        /TrustManagerExtensions|\bclean \(|= (?:\w+ \. )*\w+ \. checkServerTrusted \(|in \w+ \. checkServerTrusted \(/,
      ],
    },
  ];
});

/** Kotlin and Java: the platform's classes, Apache's, OkHttp's. */
export const JVM_ROWS: readonly FactRow[] = [
  ...managerRows,
  ...(
    [
      [': X509TrustManager|X509ExtendedTrustManager', 'group'],
      ['implements X509TrustManager', 'group'],
      ['extends X509ExtendedTrustManager', 'group'],
      ['new X509TrustManager|X509ExtendedTrustManager', 'function'],
    ] as const
  ).map(
    ([pattern, region]): FactRow => ({
      kind: 'custom_trust_manager',
      what: 'X509TrustManager',
      in: BOTH,
      pattern,
      region,
      is: [/(?:fun|void) checkServerTrusted \(/],
      not: [/\. checkServerTrusted \(|super \./],
      fileLacks: PLATFORM_VALIDATION,
    }),
  ),
  {
    kind: 'trust_all',
    what: 'SSLCertificateSocketFactory.getInsecure',
    in: BOTH,
    pattern: 'SSLCertificateSocketFactory . getInsecure',
  },
  {
    kind: 'trust_all',
    what: 'InsecureTrustManagerFactory',
    in: BOTH,
    pattern: 'InsecureTrustManagerFactory . INSTANCE',
  },
  { kind: 'trust_all', what: 'TrustAllStrategy', in: BOTH, pattern: 'TrustAllStrategy . INSTANCE|(' },
  {
    kind: 'trust_all',
    what: 'TrustAllStrategy',
    in: ['java'],
    pattern: 'new TrustAllStrategy|TrustSelfSignedStrategy (',
  },
  {
    kind: 'trust_all',
    what: 'a socket factory that trusts everything',
    in: BOTH,
    pattern: 'TrustAllSSLSocketFactory|AllTrustSSLSocketFactory|NonValidatingSSLSocketFactory (',
  },
  { kind: 'hostname_any', what: 'setDisableCNCheck(true)', in: BOTH, pattern: 'setDisableCNCheck ( true' },
  { kind: 'hostname_any', what: 'isDisableCNCheck = true', in: BOTH, pattern: 'isDisableCNCheck = true' },
  { kind: 'hostname_any', what: 'ALLOW_ALL_HOSTNAME_VERIFIER', in: BOTH, pattern: 'ALLOW_ALL_HOSTNAME_VERIFIER' },
  {
    kind: 'hostname_any',
    what: 'a host name verifier that allows all',
    in: BOTH,
    pattern: 'AllowAllHostnameVerifier|NoopHostnameVerifier|NullHostnameVerifier (|.',
  },
  {
    kind: 'hostname_any',
    what: 'HostnameVerifier that returns true',
    in: BOTH,
    pattern: 'hostnameVerifier|setHostnameVerifier|setDefaultHostnameVerifier|HostnameVerifier|setSSLHostnameVerifier',
    region: 'group',
    is: [LAMBDA_TRUE],
  },
  {
    kind: 'hostname_any',
    what: 'HostnameVerifier.verify that returns true',
    in: ['java'],
    pattern: 'boolean verify ( … SSLSession',
    region: 'function',
    is: [RETURNS_TRUE],
    not: MAY_REFUSE,
  },
  {
    kind: 'hostname_any',
    what: 'HostnameVerifier.verify that returns true',
    in: ['kotlin'],
    pattern: 'fun verify ( … SSLSession',
    region: 'function',
    is: [RETURNS_TRUE],
    not: MAY_REFUSE,
  },
  ...(['fun', 'void'] as const).flatMap((word): readonly FactRow[] => {
    const shared = { in: [word === 'fun' ? 'kotlin' : 'java'], region: 'function' } as const;
    const pattern = `${word} onReceivedSslError (`;
    const what = 'SslErrorHandler.proceed in onReceivedSslError';
    return [
      {
        ...shared,
        kind: 'webview_proceed',
        what,
        pattern,
        is: [/\. proceed \(/],
        not: [/\. cancel \(|BuildConfig|super \. onReceivedSslError/],
      },
      { ...shared, kind: 'webview_asks', what, pattern, is: [/\. proceed \(/, /\. cancel \(/, /Dialog/] },
    ];
  }),
  {
    kind: 'presented_list',
    what: 'SSLSession.getPeerCertificates',
    in: BOTH,
    pattern: 'for ( … session|sslSession|getSession … getPeerCertificates|peerCertificates',
    fileHas: ['MessageDigest', 'publicKey', 'getPublicKey'],
    fileLacks: ['X509TrustManagerExtensions', 'CertificateChainCleaner', 'CertPathValidator'],
  },
  {
    kind: 'weak_protocol',
    what: 'SSLContext.getInstance',
    in: BOTH,
    pattern: `SSLContext . getInstance ( ${OLD_TLS} )`,
  },
  { kind: 'weak_protocol', what: 'setEnabledProtocols', in: BOTH, pattern: `setEnabledProtocols … ${OLD_TLS}` },
  {
    kind: 'weak_protocol',
    what: 'enabledProtocols',
    in: ['kotlin'],
    pattern: `enabledProtocols = arrayOf … ${OLD_TLS}`,
  },
  { kind: 'weak_protocol', what: 'TlsVersion', in: BOTH, pattern: 'TlsVersion . TLS_1_0|TLS_1_1|SSL_3_0' },
  {
    kind: 'weak_protocol',
    what: 'ConnectionSpec.COMPATIBLE_TLS',
    in: BOTH,
    pattern: 'ConnectionSpec . COMPATIBLE_TLS',
  },
  ...['setEnabledCipherSuites', 'enabledCipherSuites'].map(
    (pattern): FactRow => ({
      kind: 'weak_cipher',
      what: pattern,
      in: BOTH,
      pattern,
      region: 'value',
      is: [/"[^"]*(?:_NULL_|_ANON_|_anon_|_EXPORT_|_RC4_|_DES_|3DES|_MD5)/],
    }),
  ),
  {
    kind: 'pinning_off',
    what: 'CertificatePinner.DEFAULT (NONE)',
    in: BOTH,
    pattern: 'certificatePinner ( CertificatePinner . DEFAULT|NONE )',
  },
  {
    kind: 'remote_pins',
    what: 'FirebaseRemoteConfig',
    in: BOTH,
    pattern:
      'getString|getValue ( "ssl_pin|ssl_pins|certificate_pin|certificate_pins|cert_pin|cert_pins|pins|pin_set|public_key_pins|ssl_pinning_keys"',
    fileHas: ['RemoteConfig', 'FirebaseRemoteConfig'],
  },
  { kind: 'legacy_client', what: 'SSLCertificateSocketFactory', in: BOTH, pattern: 'SSLCertificateSocketFactory (' },
  {
    kind: 'process_wide',
    what: 'HttpsURLConnection.setDefaultHostnameVerifier',
    in: BOTH,
    pattern: 'setDefaultHostnameVerifier (',
  },
  {
    kind: 'process_wide',
    what: 'HttpsURLConnection.setDefaultSSLSocketFactory',
    in: BOTH,
    pattern: 'setDefaultSSLSocketFactory (',
  },
  { kind: 'legacy_client', what: 'DefaultHttpClient', in: BOTH, pattern: 'DefaultHttpClient ( )' },
  {
    kind: 'key_match_only',
    what: 'Ktor CertificatePinner validateTrust = false',
    in: ['kotlin'],
    pattern: 'validateTrust = false',
  },
  {
    kind: 'key_match_only',
    what: 'Ktor CertificatePinner validateTrust(false)',
    in: ['kotlin'],
    pattern: 'validateTrust ( false )',
  },
];
