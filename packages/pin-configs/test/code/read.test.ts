import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { CODE_ENDINGS } from '../../src/code/languages.ts';
import { readCode } from '../../src/code/read.ts';

const kinds = (file: string, text: string): readonly string[] =>
  (readCode(file, text)?.facts ?? []).map(({ kind }) => kind);

describe('readCode', () => {
  it('says nothing of a file that is about something else, or in no language that it reads', () => {
    assert.equal(readCode('a.kt', 'fun main() = println("hello")'), undefined);
    assert.equal(readCode('a.py', 'rejectUnauthorized: false'), undefined);
    assert.equal(readCode('a.kt', '// a word about certificates'), undefined);
  });

  it('says where a fact stands', () => {
    const [fact] = readCode('a.ts', 'const a =\n  { rejectUnauthorized: false };')?.facts ?? [];
    assert.deepEqual(fact?.place, { file: 'a.ts', line: 2, column: 5, endLine: 2, endColumn: 30 });
  });

  it('leaves out comments, strings and what only builds of developers run', () => {
    assert.deepEqual(kinds('a.ts', '/* rejectUnauthorized: false */ "rejectUnauthorized: false"'), []);
    assert.deepEqual(kinds('a.ts', 'if (__DEV__) { f({ rejectUnauthorized: false }) }'), []);
    assert.deepEqual(kinds('a.swift', '#if DEBUG\nDisabledTrustEvaluator()\n#else\nf()\n#endif'), []);
    assert.deepEqual(kinds('a.swift', '#if DEBUG\nf()\n#else\nDisabledTrustEvaluator()\n#endif'), ['trust_all']);
  });

  it('names the servers of addresses and the stacks that no dependency tells', () => {
    const code = readCode(
      'a.kt',
      'val a = "https://API.example.com/v1"\nval b = CronetEngine.Builder(c)\nval d = "https://10.0.0.1/"',
    );
    assert.deepEqual(
      code?.servers.map(({ text }) => text),
      ['api.example.com'],
    );
    assert.deepEqual(
      code?.stacks.map(({ stack }) => stack),
      ['cronet'],
    );
  });

  it('reads any text to its end', () => {
    const words = [
      'checkServerTrusted',
      'fun ',
      'void ',
      'CertificatePinner',
      'add(',
      'if (BuildConfig.DEBUG) {',
      '#if DEBUG\n',
      '{',
      '}',
      '(',
      ')',
      '[',
      ']',
      '"a.b"',
      ',',
      '=',
      'X = [X, X]',
      'initializeSslPinning(',
      'kTSKPinnedDomains',
      ':',
      '*',
      '...',
      '\n',
    ];
    const texts = fc.array(fc.constantFrom(...words), { maxLength: 40 }).map((parts) => parts.join(''));
    const property = fc.property(texts, fc.constantFrom(...CODE_ENDINGS), (text, ending) => {
      readCode(`a.${ending}`, text);
    });
    fc.assert(property, { seed: 11, numRuns: 1500 });
  });

  it('is not led into reading without end', () => {
    const names = Array.from({ length: 26 }, (_, index) => `N${index} = [${`N${index + 1}, `.repeat(8)}]`);
    readCode('a.ts', `${names.join('\n')}\ninitializeSslPinning(N0)`);
    for (const piece of [
      'checkServerIdentity ',
      'badCertificateCallback = ',
      'fun checkServerTrusted(',
      'add(',
      'SSL fun verify(',
    ]) {
      for (const ending of ['ts', 'dart', 'kt']) readCode(`a.${ending}`, `CertificatePinner ${piece.repeat(5_000)}`);
    }
  });
});

describe('safe idioms', () => {
  const HEAD = 'override fun checkServerTrusted(chain: Array<X509Certificate>, type: String)';
  const DELEGATE = 'func urlSession(_ s: URLSession, didReceive challenge: URLAuthenticationChallenge)';
  const ACCEPT = '(.useCredential, URLCredential(trust: challenge.protectionSpace.serverTrust!))';
  const idioms: readonly (readonly [string, string, string])[] = [
    [
      'several trust managers asked in turn',
      'a.kt',
      `class All(private val managers: List<X509TrustManager>) : X509TrustManager { ${HEAD} {\nfor (m in managers) try { m.checkServerTrusted(chain, type); return } catch (e: CertificateException) {}\nthrow CertificateException() } }`,
    ],
    ['a trust manager that refuses everything', 'a.kt', `${HEAD} { throw CertificateException() }`],
    ['a trust manager that hands on', 'a.kt', `${HEAD} = platform.checkServerTrusted(chain, type)`],
    [
      'the leaf compared after the platform agreed',
      'a.kt',
      `${HEAD} {\nplatform.checkServerTrusted(chain, type)\nif (sha256(chain[0].publicKey.encoded) !in pins) throw CertificateException() }`,
    ],
    [
      'a method without a body',
      'A.java',
      'interface T { void checkServerTrusted(X509Certificate[] c, String t); } class B { void f() {} }',
    ],
    [
      'TrustKit asked by a delegate',
      'a.swift',
      `${DELEGATE} { TrustKit.sharedInstance().pinningValidator.handle(challenge, completionHandler: h) }`,
    ],
    [
      'a validator of another file',
      'a.swift',
      `${DELEGATE} { guard validator.isValid(challenge) else { return }; return ${ACCEPT} }`,
    ],
    [
      'a callback for the own machine',
      'a.dart',
      "client.badCertificateCallback = (cert, host, port) => host == 'localhost';",
    ],
    ['an option that depends', 'a.ts', 'const options = { rejectUnauthorized: !isLocal };'],
  ];
  for (const [name, file, text] of idioms) it(`${name} is no fact`, () => assert.deepEqual(kinds(file, text), []));
});
