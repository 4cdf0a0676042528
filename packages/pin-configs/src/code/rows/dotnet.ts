import type { FactRow } from '../find.ts';

const CSHARP = ['csharp'] as const;
const CALLBACK =
  'ServerCertificateCustomValidationCallback|ServerCertificateValidationCallback|RemoteCertificateValidationCallback|TrustOverrideForUrl|TrustOverride';
const SAYS_TRUE = /(?:= > (?:true|\{ return true ; \})|delegate (?:\( [^{]*\) )?\{ return true ; \})(?: \))*$/;

/** .NET: HttpClientHandler, ServicePointManager, NSUrlSessionHandler. */
export const DOTNET_ROWS: readonly FactRow[] = [
  {
    kind: 'trust_all',
    what: 'a validation callback that returns true',
    in: CSHARP,
    pattern: CALLBACK,
    region: 'value',
    is: [SAYS_TRUE],
  },
  {
    kind: 'trust_all',
    what: 'DangerousAcceptAnyServerCertificateValidator',
    in: CSHARP,
    pattern: 'DangerousAcceptAnyServerCertificateValidator',
  },
  {
    kind: 'key_match_only',
    what: 'a validation callback that compares a certificate',
    in: CSHARP,
    pattern: CALLBACK,
    region: 'value',
    is: [/GetPublicKey|GetCertHash|Thumbprint|ExportSubjectPublicKeyInfo|GetRawCertData/, /= >|delegate/],
    not: [/SslPolicyErrors|[eE]rrors?\b|\. Build \(|policy/],
  },
  {
    kind: 'webview_proceed',
    what: 'SslErrorHandler.Proceed in OnReceivedSslError',
    in: CSHARP,
    pattern: 'void OnReceivedSslError (',
    region: 'function',
    is: [/\. Proceed \(/],
    not: [/\. Cancel \(/],
  },
  { kind: 'weak_protocol', what: 'SslProtocols', in: CSHARP, pattern: 'SslProtocols . Ssl2|Ssl3|Tls|Tls11' },
  { kind: 'weak_protocol', what: 'SecurityProtocolType', in: CSHARP, pattern: 'SecurityProtocolType . Ssl3|Tls|Tls11' },
];
