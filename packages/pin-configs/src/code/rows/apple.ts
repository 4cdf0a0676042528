import type { FactRow } from '../find.ts';

/** What a file needs to have a path validated: the platform's calls, and the libraries that make them. */
const EVALUATES = [
  'SecTrustEvaluate',
  'SecTrustEvaluateWithError',
  'SecTrustEvaluateAsync',
  'SecTrustEvaluateAsyncWithError',
  'SecTrustGetTrustResult',
  'TrustKit',
  'TSKPinningValidator',
  'pinningValidator',
  'AFSecurityPolicy',
  'ServerTrustManager',
  'ServerTrustPolicy',
  'evaluateServerTrust',
  'evaluate',
  'performDefaultEvaluation',
];

const ACCEPTS = /URLCredential \( trust :|credentialForTrust|NSURLCredential \( trust/;
const READS_KEY = /SecTrustCopyKey|SecCertificateCopyKey|SecTrustCopyPublicKey|SecCertificateCopyPublicKey/;
const READS_LIST = /SecTrustGetCertificateAtIndex|SecTrustCopyCertificateChain/;
/** Something is asked before the answer: what, cannot be told from this file. */
const ASKS = /evaluat|validat|verif|check|pinn|isTrusted|\bhost\b|localhost|allow|delegate/i;

const SWIFT_HEAD = 'func urlSession|webView|connection|urlAuthenticationChallenge ( … URLAuthenticationChallenge';
const OBJC_HEAD = 'didReceiveChallenge|didReceiveAuthenticationChallenge|willSendRequestForAuthenticationChallenge : (';

const delegateRows = (
  [
    ['swift', SWIFT_HEAD],
    ['objc', OBJC_HEAD],
  ] as const
).flatMap(([language, pattern]): readonly FactRow[] => {
  const shared = { in: [language], pattern, region: 'function', fileLacks: EVALUATES } as const;
  const what = language === 'swift' ? 'URLSessionDelegate' : 'NSURLSessionDelegate';
  return [
    { ...shared, kind: 'trust_all', what, is: [ACCEPTS], not: [READS_KEY, READS_LIST, ASKS] },
    { ...shared, kind: 'key_match_only', what, is: [ACCEPTS, READS_KEY] },
    { ...shared, kind: 'presented_list', what, is: [ACCEPTS, READS_LIST], not: [READS_KEY] },
  ];
});

const BOTH = ['swift', 'objc'] as const;
const SWIFT = ['swift'] as const;
const OBJC = ['objc'] as const;
const FALSE = 'false|NO|kCFBooleanFalse';
const TRUE = 'true|YES|kCFBooleanTrue';

/** Swift and Objective-C: URLSession, Network, CFStream, Alamofire, AFNetworking, Starscream, WebKit. */
export const APPLE_ROWS: readonly FactRow[] = [
  ...delegateRows,
  {
    kind: 'trust_all',
    what: 'DisabledTrustEvaluator',
    in: SWIFT,
    pattern: 'DisabledTrustEvaluator|DisabledEvaluator (',
  },
  { kind: 'trust_all', what: 'ServerTrustPolicy.disableEvaluation', in: SWIFT, pattern: '. disableEvaluation' },
  { kind: 'trust_all', what: 'allowInvalidCertificates', in: BOTH, pattern: `allowInvalidCertificates = ${TRUE}` },
  { kind: 'trust_all', what: 'setAllowInvalidCertificates:', in: OBJC, pattern: 'setAllowInvalidCertificates : YES' },
  { kind: 'trust_all', what: 'validatesSecureCertificate', in: BOTH, pattern: `validatesSecureCertificate = ${FALSE}` },
  {
    kind: 'trust_all',
    what: 'loadingUnvalidatedHTTPSPage',
    in: BOTH,
    pattern: `loadingUnvalidatedHTTPSPage = ${TRUE}`,
  },
  {
    kind: 'trust_all',
    what: 'setAllowsAnyHTTPSCertificate:',
    in: BOTH,
    pattern: `setAllowsAnyHTTPSCertificate :|( ${TRUE}`,
  },
  {
    kind: 'trust_all',
    what: 'allowsAnyHTTPSCertificateForHost:',
    in: OBJC,
    pattern: 'allowsAnyHTTPSCertificateForHost : (',
    region: 'function',
    is: [/^return YES ;$/],
  },
  {
    kind: 'trust_all',
    what: 'continueWithoutCredentialForAuthenticationChallenge:',
    in: OBJC,
    pattern: 'continueWithoutCredentialForAuthenticationChallenge :',
    fileLacks: EVALUATES,
  },
  {
    kind: 'trust_all',
    what: 'kCFStreamSSLAllowsAnyRoot',
    in: BOTH,
    pattern: 'kCFStreamSSLAllowsAnyRoot|kCFStreamSSLAllowsExpiredCertificates|kCFStreamSSLAllowsExpiredRoots',
  },
  {
    kind: 'trust_all',
    what: 'kCFStreamSSLValidatesCertificateChain = false',
    in: SWIFT,
    pattern: `kCFStreamSSLValidatesCertificateChain … : ${FALSE}`,
  },
  {
    kind: 'trust_all',
    what: 'kCFStreamSSLValidatesCertificateChain = NO',
    in: OBJC,
    pattern: '@ NO , ( … kCFStreamSSLValidatesCertificateChain',
  },
  {
    kind: 'trust_all',
    what: 'kCFStreamSSLValidatesCertificateChain = NO',
    in: OBJC,
    pattern: `kCFStreamSSLValidatesCertificateChain … : @ NO|(`,
    region: 'value',
    not: [/YES|true/],
  },
  {
    kind: 'trust_all',
    what: 'SecTrustSetExceptions',
    in: BOTH,
    pattern: 'SecTrustSetExceptions ( … SecTrustCopyExceptions',
  },
  {
    kind: 'trust_all',
    what: 'sec_protocol_options_set_verify_block',
    in: SWIFT,
    pattern: 'sec_protocol_options_set_verify_block',
    region: 'group',
    is: [/\( true \)/],
    not: [/\( false \)/, ASKS],
    fileLacks: EVALUATES,
  },
  {
    kind: 'trust_all',
    what: 'Starscream disableSSLCertValidation',
    in: BOTH,
    pattern: `disableSSLCertValidation = ${TRUE}`,
  },
  { kind: 'trust_all', what: 'Socket.IO selfSigned', in: SWIFT, pattern: '. selfSigned ( true )' },
  { kind: 'trust_all', what: 'CURLOPT_SSL_VERIFYPEER', in: OBJC, pattern: 'CURLOPT_SSL_VERIFYPEER , 0|0L|false' },
  { kind: 'hostname_any', what: 'CURLOPT_SSL_VERIFYHOST', in: OBJC, pattern: 'CURLOPT_SSL_VERIFYHOST , 0|0L|false' },
  { kind: 'hostname_any', what: 'validatesDomainName', in: BOTH, pattern: `validatesDomainName = ${FALSE}` },
  { kind: 'hostname_any', what: 'setValidatesDomainName:', in: OBJC, pattern: 'setValidatesDomainName : NO' },
  { kind: 'hostname_any', what: 'validateHost: false', in: SWIFT, pattern: 'validateHost : false' },
  {
    kind: 'hostname_any',
    what: 'kCFStreamSSLPeerName = null',
    in: BOTH,
    pattern: 'kCFStreamSSLPeerName … kCFNull|NSNull',
  },
  {
    kind: 'hostname_any',
    what: 'SecPolicyCreateSSL without a name',
    in: SWIFT,
    pattern: 'SecPolicyCreateSSL ( true , nil )',
  },
  {
    kind: 'hostname_any',
    what: 'SecPolicyCreateSSL without a name',
    in: OBJC,
    pattern: 'SecPolicyCreateSSL ( YES|true , NULL|nil )',
  },
  {
    kind: 'key_match_only',
    what: 'performDefaultValidation: false',
    in: SWIFT,
    pattern: 'performDefaultValidation : false',
  },
  {
    kind: 'key_match_only',
    what: 'validateCertificateChain: false',
    in: SWIFT,
    pattern: 'validateCertificateChain : false',
  },
  {
    kind: 'key_match_only',
    what: 'acceptSelfSignedCertificates: true',
    in: SWIFT,
    pattern: 'acceptSelfSignedCertificates : true',
  },
  { kind: 'unlisted_hosts', what: 'ServerTrustManager', in: SWIFT, pattern: 'allHostsMustBeEvaluated : false' },
  {
    kind: 'pinning_off',
    what: 'AFSSLPinningModeNone',
    in: OBJC,
    pattern: 'policyWithPinningMode : AFSSLPinningModeNone',
  },
  {
    kind: 'pinning_off',
    what: 'AFSecurityPolicy(pinningMode: .none)',
    in: SWIFT,
    pattern: 'AFSecurityPolicy ( pinningMode : . none',
  },
  {
    kind: 'weak_protocol',
    what: 'tlsMinimumSupportedProtocolVersion',
    in: BOTH,
    pattern:
      'tlsMinimumSupportedProtocolVersion|TLSMinimumSupportedProtocolVersion = … TLSv10|TLSv11|DTLSv10|tls_protocol_version_TLSv10|tls_protocol_version_TLSv11|tls_protocol_version_DTLSv10',
  },
  {
    kind: 'weak_protocol',
    what: 'tlsMinimumSupportedProtocol',
    in: BOTH,
    pattern:
      'tlsMinimumSupportedProtocol|TLSMinimumSupportedProtocol = … tlsProtocol1|tlsProtocol11|sslProtocol3|kTLSProtocol1|kTLSProtocol11|kSSLProtocol3',
  },
  {
    kind: 'remote_pins',
    what: 'RemoteConfig',
    in: SWIFT,
    pattern:
      'configValue ( forKey : "ssl_pin|ssl_pins|certificate_pin|certificate_pins|cert_pin|cert_pins|pins|pin_set|public_key_pins"',
  },
];
