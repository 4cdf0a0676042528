import type { FactRow } from '../find.ts';

const SCRIPT = ['typescript', 'javascript'] as const;
const ALL = ['typescript', 'javascript', 'arkts'] as const;
/** A function that says yes to everything, or nothing at all. */
const NOTHING =
  /^[:=] (?:async )?(?:function \w* ?)?\( [^{}]*\) (?:: \w+ )?(?:= > )?(?:undefined|null|true|\{ (?:return (?:undefined |null |true )?;? ?)?\})$|^[:=] \( \) (?:= > )?(?:undefined|null|true|\{ (?:return (?:undefined |null |true )?;? ?)?\})$/;

/** TypeScript, JavaScript and ArkTS: Node, React Native, Cordova, NativeScript, HarmonyOS. */
export const SCRIPT_ROWS: readonly FactRow[] = [
  { kind: 'trust_all', what: 'rejectUnauthorized: false', in: SCRIPT, pattern: '~rejectUnauthorized : false' },
  { kind: 'trust_all', what: 'rejectUnauthorized: !1', in: SCRIPT, pattern: '~rejectUnauthorized : ! 1' },
  { kind: 'trust_all', what: 'rejectUnauthorized = false', in: SCRIPT, pattern: 'rejectUnauthorized = false' },
  { kind: 'trust_all', what: 'strictSSL: false', in: SCRIPT, pattern: '~strictSSL : false' },
  {
    kind: 'trust_all',
    what: 'NODE_TLS_REJECT_UNAUTHORIZED',
    in: SCRIPT,
    pattern: 'NODE_TLS_REJECT_UNAUTHORIZED = "0"',
  },
  { kind: 'trust_all', what: 'NODE_TLS_REJECT_UNAUTHORIZED', in: SCRIPT, pattern: 'NODE_TLS_REJECT_UNAUTHORIZED = 0' },
  {
    kind: 'trust_all',
    what: 'NODE_TLS_REJECT_UNAUTHORIZED',
    in: SCRIPT,
    pattern: '[ "NODE_TLS_REJECT_UNAUTHORIZED" ] = "0"',
  },
  {
    kind: 'trust_all',
    what: 'NODE_TLS_REJECT_UNAUTHORIZED',
    in: SCRIPT,
    pattern: '[ "NODE_TLS_REJECT_UNAUTHORIZED" ] = 0',
  },
  {
    kind: 'trust_all',
    what: 'react-native-ssl-pinning disableAllSecurity',
    in: SCRIPT,
    pattern: '~disableAllSecurity : true',
  },
  { kind: 'trust_all', what: 'rn-fetch-blob trusty', in: SCRIPT, pattern: '~trusty : true' },
  { kind: 'trust_all', what: "setServerTrustMode('nocheck')", in: SCRIPT, pattern: 'setServerTrustMode ( "nocheck"' },
  { kind: 'trust_all', what: "setSSLCertMode('nocheck')", in: SCRIPT, pattern: 'setSSLCertMode ( "nocheck"' },
  { kind: 'trust_all', what: 'acceptAllCerts(true)', in: SCRIPT, pattern: 'acceptAllCerts ( true' },
  {
    kind: 'trust_all',
    what: 'allowInvalidCertificates: true',
    in: SCRIPT,
    pattern: '~allowInvalidCertificates : true',
  },
  { kind: 'hostname_any', what: 'validatesDomainName: false', in: SCRIPT, pattern: '~validatesDomainName : false' },
  {
    kind: 'hostname_any',
    what: 'checkServerIdentity that checks nothing',
    in: SCRIPT,
    pattern: 'checkServerIdentity',
    region: 'value',
    is: [NOTHING],
  },
  {
    kind: 'hostname_any',
    what: 'checkServerIdentity that checks nothing',
    in: SCRIPT,
    pattern: 'checkServerIdentity (',
    region: 'function',
    is: [/^(?:return (?:undefined |null |true )?;? ?)?$/],
  },
  { kind: 'user_trust', what: "setServerTrustMode('legacy')", in: SCRIPT, pattern: 'setServerTrustMode ( "legacy"' },
  {
    kind: 'runtime_disable',
    what: 'disableSslPinning()',
    in: SCRIPT,
    pattern: 'disableSslPinning ( )',
    fileLacks: ['describe', 'jest'],
  },
  {
    kind: 'runtime_disable',
    what: 'disableSSLPinning()',
    in: SCRIPT,
    pattern: 'disableSSLPinning ( )',
    fileLacks: ['describe', 'jest'],
  },
  { kind: 'pinning_off', what: 'sslPinning: false', in: SCRIPT, pattern: '~sslPinning : false' },
  {
    kind: 'android_only_pins',
    what: 'react-native-ssl-pinning pkPinning',
    in: SCRIPT,
    pattern: '~pkPinning : true',
  },
  {
    kind: 'weak_protocol',
    what: 'minVersion',
    in: SCRIPT,
    pattern: '~minVersion|secureProtocol : "TLSv1|TLSv1.1|SSLv3_method|TLSv1_method|TLSv1_1_method"',
  },
  {
    kind: 'trust_all',
    what: "rcp remoteValidation: 'skip'",
    in: ['arkts', 'typescript'],
    pattern: '~remoteValidation : "skip"',
  },
  {
    kind: 'trust_all',
    what: 'skipRemoteValidation: true',
    in: ['arkts', 'typescript'],
    pattern: '~skipRemoteValidation : true',
  },
  {
    kind: 'webview_proceed',
    what: 'handleConfirm in onSslErrorEventReceive',
    in: ['arkts'],
    pattern: 'onSslErrorEventReceive|onSslErrorEvent',
    region: 'group',
    is: [/\. handleConfirm \(/],
    not: [/\. handleCancel \(/],
  },
  {
    kind: 'webview_asks',
    what: 'handleConfirm in onSslErrorEventReceive',
    in: ['arkts'],
    pattern: 'onSslErrorEventReceive|onSslErrorEvent',
    region: 'group',
    is: [/\. handleConfirm \(/, /\. handleCancel \(/],
  },
  {
    kind: 'remote_pins',
    what: 'remote config',
    in: ALL,
    pattern:
      'getValue|getString ( "ssl_pin|ssl_pins|certificate_pin|certificate_pins|cert_pin|cert_pins|pins|pin_set|public_key_pins"',
    fileHas: ['initializeSslPinning', 'remoteConfig', 'publicKeyHashes'],
  },
];
