import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { isOfInterest, readDocuments } from '../../src/index.ts';
import { decodeText } from '../../src/read/text.ts';
import { variantOf } from '../../src/read/variant.ts';
import { binaryPlist } from '../support/plists.ts';

const NSC = '<network-security-config/>';
const kinds = (path: string, content: string | Uint8Array) =>
  readDocuments(path, typeof content === 'string' ? new TextEncoder().encode(content) : content).map(
    ({ kind }) => kind,
  );

describe('readDocuments', () => {
  it('tells what a file is by what is in it', () => {
    assert.deepEqual(kinds('any/name.xml', NSC), ['nsc']);
    assert.deepEqual(kinds('any/name.xml', `\uFEFF${NSC}`), ['nsc']);
    assert.deepEqual(kinds('x/AndroidManifest.xml', '<manifest package="a.b"/>'), ['manifest']);
    assert.deepEqual(kinds('res/values/strings.xml', '<resources/>'), []);
    assert.deepEqual(kinds('Info.plist', binaryPlist({ NSAppTransportSecurity: {} })), ['plist']);
    assert.deepEqual(kinds('base/profile/network_config.json', '{"network-security-config":{}}'), ['harmony']);
    assert.deepEqual(kinds('data.json', '{"a": 1}'), []);
    assert.deepEqual(kinds('picture.png', NSC), []);
  });

  it('reports a file that is not in its form, and throws nothing', () => {
    assert.deepEqual(kinds('n.xml', '<network-security-config>'), ['unreadable']);
    assert.deepEqual(kinds('Info.plist', new Uint8Array([0xff, 0xfe])), ['unreadable']);
  });

  it('passes over what is larger than any configuration', () => {
    assert.deepEqual(kinds('n.xml', NSC + ' '.repeat(5 << 20)), []);
  });

  it('takes any bytes under any of its names', () => {
    const names = [
      'n.xml',
      'Info.plist',
      'c.json',
      'assay.pins.yaml',
      'package.json',
      'A.kt',
      'b.swift',
      'c.dart',
      'd.ts',
    ];
    const shapes = fc.oneof(
      fc.string(),
      fc.constantFrom('<network-security-config', '<plist>', '{"pins":', 'sha256/', 'CertificatePinner'),
    );
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.array(shapes, { maxLength: 8 }), (name, parts) => {
        readDocuments(name, new TextEncoder().encode(parts.join('')));
      }),
      { numRuns: 2000, seed: 3 },
    );
  });

  it('says which files a walk should hand over', () => {
    assert.deepEqual(['a.xml', 'b.kt', 'c.txt', 'd.plist', 'e.png'].filter(isOfInterest), ['a.xml', 'b.kt', 'd.plist']);
  });
});

describe('the build that a file belongs to', () => {
  const ROWS: readonly (readonly [string, string])[] = [
    ['app/src/main/res/xml/n.xml', 'any'],
    ['app/src/debug/res/xml/n.xml', 'debug'],
    ['app/src/release/res/xml/n.xml', 'release'],
    ['res/xml/network_security_config_debug.xml', 'debug'],
    ['ios/App/Info-Release.plist', 'release'],
    ['app/src/androidTest/res/xml/n.xml', 'test'],
    ['ios/AppTests/Info.plist', 'test'],
    ['developer/Info.plist', 'any'],
    ['contest/Info.plist', 'any'],
    ['app\\src\\debug\\res\\xml\\n.xml', 'debug'],
    ['app/src/freeDebug/res/xml/n.xml', 'debug'],
    ['app/src/prodRelease/java/com/example/A.kt', 'release'],
    ['app/src/sharedTest/java/com/example/A.kt', 'test'],
    ['lib/src/commonTest/kotlin/A.kt', 'test'],
    ['app/src/testFixtures/kotlin/A.kt', 'test'],
    ['app/src/latest/res/xml/n.xml', 'any'],
    ['app/src/main/java/dev/example/app/Net.kt', 'any'],
    ['app/src/main/kotlin/com/example/internal/Net.kt', 'any'],
    ['app/src/main/java/com/example/test/Debug.java', 'any'],
    ['/home/dev/app/src/main/res/xml/n.xml', 'any'],
    ['app/src/main/res/xml/network_security_config_debug.xml', 'debug'],
    ['app/src/debug/AndroidManifest.xml', 'debug'],
    ['owner__app~src~debug~res~xml~n.xml', 'debug'],
  ];
  it('is told by the part of the path that was asked about, and by the source set wherever it stands', () => {
    assert.equal(variantOf('/x/qa/App/Info.plist', 'App/Info.plist'), 'any');
    assert.equal(variantOf('/x/App/qa/Info.plist', 'qa/Info.plist'), 'debug');
    assert.equal(variantOf('/x/app/src/debug/res/xml/n.xml', 'n.xml'), 'debug');
    const code = new TextEncoder().encode('val p = CertificatePinner.Builder().add("a.example", "sha256/x").build()');
    const [judged] = readDocuments('/x/qa/a.kt', code, 'a.kt');
    assert.deepEqual([judged?.variant, judged?.pinned[0]?.release ?? true], ['any', true]);
  });

  for (const [path, variant] of ROWS) {
    it(`${path}: ${variant}`, () => {
      assert.equal(variantOf(path), variant);
    });
  }
});

describe('text', () => {
  it('is UTF-8 without its mark, or nothing', () => {
    assert.equal(decodeText(new Uint8Array([0xef, 0xbb, 0xbf, 0x61])), 'a');
    assert.equal(decodeText(new Uint8Array([0xc3])), undefined);
  });
});
