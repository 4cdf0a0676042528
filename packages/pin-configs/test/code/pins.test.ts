import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readCode } from '../../src/code/read.ts';

const A = 'sha256/IH0oxHI46J7uM9kkm9vr64Ddm2qrmu0F3/JP54PLwMA=';
const B = 'sha256/jHMfTgN4DzYM30aTld0GEoKVYRhT2Cbocfm/3k24kIo=';
const bare = (pin: string): string => pin.slice('sha256/'.length);

const pinned = (file: string, text: string) =>
  (readCode(file, text)?.pinned ?? []).map(({ format, host, pins, subdomains, apex }) => ({
    ...{ format, host: host.text, pins: pins.map(({ text: pin }) => pin), subdomains, apex },
  }));
const okhttp = { format: 'okhttp', host: 'api.example.com', subdomains: 'none', apex: true };

describe('pins in code', () => {
  const both = [{ ...okhttp, pins: [A, B] }];
  const forms: readonly (readonly [string, string, string])[] = [
    ['literals', 'a.kt', `CertificatePinner.Builder().add("api.example.com", "${A}", "${B}").build()`],
    [
      'constants',
      'a.kt',
      `const val A = "${A}"\nval B: String = "${B}"\nCertificatePinner.Builder().add("api.example.com", A, Pins.B)`,
    ],
    [
      'parts that are joined',
      'a.kt',
      `const val P = "sha256/"\nCertificatePinner.Builder().add("api." + "example.com", P + "${bare(A)}", "sha256/" +\n  "${bare(B).slice(0, 20)}" + "${bare(B).slice(20)}")`,
    ],
    [
      'parts in Java',
      'A.java',
      `new CertificatePinner.Builder().add("api.example.com", "sha256/" + "${bare(A)}", "sha256/" + "${bare(B)}");`,
    ],
    [
      'parts side by side in Dart',
      'a.dart',
      `CertificatePinner().add('api.example.com', 'sha256/' '${bare(A)}', 'sha256/' + '${bare(B)}');`,
    ],
    [
      'a spread list',
      'a.kt',
      `val PINS = arrayOf("${A}", "${B}")\nCertificatePinner.Builder().add("api.example.com", *PINS)`,
    ],
    [
      'an array',
      'A.java',
      `static final String[] PINS = { "${A}", "${B}" };\nnew CertificatePinner.Builder().add("api.example.com", PINS);`,
    ],
    [
      'a new array',
      'A.java',
      `new CertificatePinner.Builder().add("api.example.com", new String[] { "${A}", "${B}" });`,
    ],
  ];
  for (const [name, file, text] of forms) {
    it(`of OkHttp are read from ${name}`, () => assert.deepEqual(pinned(file, text), both));
  }

  it('in parts are read in scripts and Swift', () => {
    const script = `import { initializeSslPinning } from 'x';\ninitializeSslPinning({ 'example.com': { publicKeyHashes: ['${bare(A).slice(0, 9)}' + '${bare(A).slice(9)}'] } })`;
    assert.deepEqual(pinned('a.ts', script)[0]?.pins, [bare(A)]);
    const swift = `let c = [kTSKPinnedDomains: ["example.com": [kTSKPublicKeyHashes: ["${bare(A).slice(0, 9)}" + "${bare(A).slice(9)}"]]]]`;
    assert.deepEqual(pinned('a.swift', swift)[0]?.pins, [bare(A)]);
  });

  it('that are known stand apart where another one is not', () => {
    const partly = (file: string, text: string) =>
      (readCode(file, text)?.partly ?? []).map(({ pins }) => pins.map((pin) => pin.text));
    const okHttp = `CertificatePinner.Builder().add("api.example.com", "${A}", "sha256/" + key)`;
    assert.deepEqual(partly('a.kt', okHttp), [[A]]);
    assert.deepEqual(
      partly('a.kt', 'CertificatePinner.Builder().add("name", "abcdefghijklmnopqrstuvwxyz", other)'),
      [],
    );
    const script = `initializeSslPinning({ 'example.com': { publicKeyHashes: ['${bare(A)}', key] } })`;
    assert.deepEqual(partly('a.ts', script), [[bare(A)]]);
    const swift = `let c = [kTSKPinnedDomains: ["example.com": [kTSKPublicKeyHashes: ["${bare(A)}", key]]]]`;
    assert.deepEqual(partly('a.swift', swift), [[bare(A)]]);
  });

  it('do not multiply by names of names', () => {
    const names = Array.from({ length: 30 }, (_, index) => `val N${index} = N${index + 1} + N${index + 1}`);
    const text = `${names.join('\n')}\nval N30 = "${A}"\nCertificatePinner.Builder().add("api.example.com", N0)`;
    assert.deepEqual(pinned('a.kt', text), []);
  });

  it('of OkHttp keep what their pattern means', () => {
    const [one, all] = pinned('a.kt', `CertificatePinner.Builder().add("*.a.com", "${A}").add("**.a.com", "${A}")`);
    assert.deepEqual([one?.subdomains, one?.apex, all?.subdomains, all?.apex], ['one', false, 'all', true]);
  });

  it('are left out where one of them is not known from the file', () => {
    for (const other of ['C', '"sha256/$c"', '"sha256/" + c', 'c()']) {
      assert.deepEqual(
        pinned('a.kt', `CertificatePinner.Builder().add("api.example.com", "${A}", ${other})`),
        [],
        other,
      );
    }
    const twice = `var P = "${A}"\nfun f() { P = "${B}" }\nCertificatePinner.Builder().add("api.example.com", P)`;
    assert.deepEqual(pinned('a.kt', twice), []);
  });

  it('are not taken from lists that have nothing to do with a pinner', () => {
    assert.deepEqual(pinned('a.kt', 'val p: CertificatePinner\nlist.add("api.example.com", "a short text")'), []);
  });

  it('of Ktor have its own format', () => {
    const text = `import io.ktor.client.engine.darwin.certificates.CertificatePinner\nCertificatePinner.Builder().add("api.example.com", "${A}")`;
    assert.equal(pinned('a.kt', text)[0]?.format, 'ktor');
  });

  it('of react-native-ssl-public-key-pinning are read with their options', () => {
    const text = `const config = { 'api.example.com': { includeSubdomains: true, publicKeyHashes: ['${bare(A)}', '${bare(B)}'] } };\nawait initializeSslPinning(config);`;
    assert.deepEqual(pinned('a.ts', text), [
      { format: 'react-native', host: 'api.example.com', pins: [bare(A), bare(B)], subdomains: 'all', apex: true },
    ]);
  });

  it('of react-native-ssl-pinning are those of the request', () => {
    const text = `fetch('https://api.example.com/v1', { pkPinning: true, sslPinning: { certs: ['${A}', '${B}'] } })`;
    assert.deepEqual(pinned('a.ts', text), both);
  });

  it('of HarmonyOS requests are read, one or several', () => {
    for (const pinning of [`{ publicKeyHash: '${bare(A)}' }`, `[{ publicKeyHash: '${bare(A)}' }]`]) {
      const text = `http.createHttp().request('https://api.example.com', { certificatePinning: ${pinning} })`;
      assert.deepEqual(pinned('a.ets', text), [{ ...okhttp, format: 'harmony', pins: [bare(A)] }]);
    }
  });

  it('of TrustKit are read from dictionaries of Swift and of Objective-C', () => {
    const swift = `[kTSKSwizzleNetworkDelegates: false, kTSKPinnedDomains: ["api.example.com": [kTSKIncludeSubdomains: true, kTSKPublicKeyHashes: ["${bare(A)}", "${bare(B)}"]]]]`;
    const objc = `@{ kTSKPinnedDomains: @{ @"api.example.com": @{ kTSKIncludeSubdomains: @YES, kTSKPublicKeyHashes: @[@"${bare(A)}", @"${bare(B)}"] } } }`;
    const expected = [
      { format: 'trustkit-ios', host: 'api.example.com', pins: [bare(A), bare(B)], subdomains: 'all', apex: true },
    ];
    assert.deepEqual(pinned('a.swift', `let config: [String: Any] = ${swift}`), expected);
    assert.deepEqual(pinned('a.m', `NSDictionary *config = ${objc};`), expected);
  });

  it('of TrustKit are for the host that a name stands for, and for none where the file does not tell', () => {
    const swift = (key: string) =>
      `let host = "api.example.com"\nlet c = [kTSKPinnedDomains: [${key}: [kTSKPublicKeyHashes: ["${bare(A)}", "${bare(B)}"]]]]`;
    const hosts = (key: string) => pinned('a.swift', swift(key)).map(({ host }) => host);
    assert.deepEqual(['host', 'domain', 'Config.host', '"\\(sub).example.com"'].map(hosts), [
      ['api.example.com'],
      [],
      [],
      [],
    ]);
  });

  it('stand where they are written', () => {
    const [host] =
      readCode('a.kt', `val P = "${A}"\nCertificatePinner.Builder().add("api.example.com", P)`)?.pinned ?? [];
    assert.deepEqual([host?.pins[0]?.place.line, host?.pins[0]?.place.column, host?.host.place.line], [1, 10, 2]);
  });

  it('in sources of a debug build protect no release', () => {
    const [host] =
      readCode('app/src/debug/a.kt', `CertificatePinner.Builder().add("api.example.com", "${A}")`)?.pinned ?? [];
    assert.equal(host?.release, false);
  });
});
