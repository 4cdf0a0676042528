import type { Rule } from '../rule.ts';
import { code, factRule } from './support/fact-rule.ts';

/** C007: a match is accepted and no path is validated. */
export const rule: Rule = factRule({
  id: 'C007',
  name: 'key-match-only',
  kind: 'key_match_only',
  severity: 'error',
  summary: 'A key or certificate that matches is accepted, and the path is not validated.',
  why: 'A pin says whose key it is. Names, dates, signatures and revocation are what validation checks; without it an expired or revoked certificate of the key passes, and so does the key of another host. A certificate without its path proves nothing at all.',
  attacker: 'uses a certificate that was revoked, has ended, or was issued for another name',
  lockout: 'nobody',
  fix: 'Let the platform validate first, and compare pins only when it agrees.',
  expected: 'validation by the platform before the comparison',
  fires: [
    code(
      'app/src/main/java/com/example/Net.java',
      'class Manager implements X509TrustManager {',
      '  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {',
      '    byte[] key = chain[0].getPublicKey().getEncoded();',
      '    if (!Arrays.equals(key, PINNED)) throw new CertificateException();',
      '  }',
      '}',
    ),
    code(
      'App/Net.swift',
      'class Delegate: NSObject, URLSessionDelegate {',
      '  func urlSession(_ session: URLSession, didReceive challenge: URLAuthenticationChallenge,',
      '                  completionHandler: @escaping (URLSession.AuthChallengeDisposition, URLCredential?) -> Void) {',
      '    let trust = challenge.protectionSpace.serverTrust!',
      '    guard let key = SecTrustCopyKey(trust), key == pinned else { return completionHandler(.cancelAuthenticationChallenge, nil) }',
      '    completionHandler(.useCredential, URLCredential(trust: trust))',
      '  }',
      '}',
    ),
    code(
      'App/Net.swift',
      'let evaluator = PublicKeysTrustEvaluator(keys: keys, performDefaultValidation: false, validateHost: true)',
    ),
    code(
      'lib/net.dart',
      'client.badCertificateCallback = (X509Certificate cert, String host, int port) => cert.pem == pinned;',
    ),
    code(
      'App/Net.cs',
      'handler.ServerCertificateCustomValidationCallback = (m, certificate, chain, e) => certificate.GetPublicKeyString() == Pinned;',
    ),
  ],
  passes: [
    code(
      'app/src/main/java/com/example/Net.java',
      'class Manager implements X509TrustManager {',
      '  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {',
      '    platform.checkServerTrusted(chain, type);',
      '    byte[] key = chain[0].getPublicKey().getEncoded();',
      '    if (!Arrays.equals(key, PINNED)) throw new CertificateException();',
      '  }',
      '}',
    ),
    code(
      'App/Net.swift',
      'class Delegate: NSObject, URLSessionDelegate {',
      '  func urlSession(_ session: URLSession, didReceive challenge: URLAuthenticationChallenge,',
      '                  completionHandler: @escaping (URLSession.AuthChallengeDisposition, URLCredential?) -> Void) {',
      '    let trust = challenge.protectionSpace.serverTrust!',
      '    var error: CFError?',
      '    guard SecTrustEvaluateWithError(trust, &error), let key = SecTrustCopyKey(trust), isPinned(key) else {',
      '      return completionHandler(.cancelAuthenticationChallenge, nil)',
      '    }',
      '    completionHandler(.useCredential, URLCredential(trust: trust))',
      '  }',
      '}',
    ),
    code(
      'App/Net.swift',
      'let evaluator = PublicKeysTrustEvaluator(keys: keys, performDefaultValidation: true, validateHost: true)',
    ),
    code(
      'lib/net.dart',
      'final client = HttpClient(context: SecurityContext(withTrustedRoots: false));',
      'client.badCertificateCallback = (X509Certificate cert, String host, int port) => cert.pem == pinned;',
    ),
    code(
      'App/Net.cs',
      'handler.ServerCertificateCustomValidationCallback = (m, certificate, chain, errors) => errors == SslPolicyErrors.None && certificate.GetPublicKeyString() == Pinned;',
    ),
  ],
});
