import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { auditArtifact, isArtifact, lint, RULES, readArtifact, UnreadableFile } from '@assay/pin-configs';
import fc from 'fast-check';
import { entriesOf } from './entries.ts';

const APP = 'Payload/Bank.app';
const plist = (body: string) => `<?xml version="1.0"?><plist version="1.0"><dict>${body}</dict></plist>`;
const INFO = plist('<key>CFBundleIdentifier</key><string>com.example.bank</string>');
const HERMES = Uint8Array.of(0xc6, 0x1f, 0xbc, 0x03, 0xc1, 0x03, 0x19, 0x1f, 0x60);

describe('readArtifact', () => {
  it('tells apps by their members, whatever they are called', async () => {
    await assert.rejects(readArtifact(entriesOf({ 'a.txt': '' }), 'a.apk'), UnreadableFile);
    assert.equal((await auditArtifact(entriesOf({ [`${APP}/Info.plist`]: INFO }), 'a.zip')).form, 'ipa');
    assert.equal((await auditArtifact(entriesOf({ 'base/manifest/AndroidManifest.xml': '' }), 'a')).form, 'aab');
    assert.deepEqual(['a.apk', 'b.AAB', 'c.ipa', 'd.zip'].map(isArtifact), [true, true, true, false]);
  });

  it('names members inside of the app, and the app', async () => {
    const [document] = await readArtifact(entriesOf({ [`${APP}/Info.plist`]: INFO }), 'out/a.ipa');
    assert.deepEqual(
      [document?.file, document?.app, document?.origin],
      [`out/a.ipa!/${APP}/Info.plist`, 'out/a.ipa', 'ipa'],
    );
  });

  it('says which members were not looked at', async () => {
    const hidden = { name: `${APP}/Bank`, why: 'it is encrypted' };
    const entries = entriesOf({ [`${APP}/Info.plist`]: INFO }, undefined, [hidden]);
    const documents = await readArtifact(entries, 'a.ipa');
    const { findings } = lint({ documents, now: 0, expiryLeadDays: 90 }, { rules: RULES });
    assert.deepEqual(
      findings.filter(({ rule }) => rule === 'S001').map(({ message, place }) => [message, place.file]),
      [[hidden.why, `a.ipa!/${APP}/Bank`]],
    );
  });

  it('reads extensions and TrustKit’s own lists, and no other property list', async () => {
    const entries = entriesOf({
      [`${APP}/Info.plist`]: INFO,
      [`${APP}/PlugIns/Share.appex/Info.plist`]: plist('<key>NSExtension</key><dict/>'),
      [`${APP}/TrustKit.plist`]: plist(''),
      [`${APP}/en.lproj/Other.plist`]: plist(''),
    });
    const lists = (await readArtifact(entries, 'a.ipa')).filter((document) => document.kind === 'plist');
    assert.deepEqual(
      lists.map(({ isExtension }) => isExtension),
      [false, true, false],
    );
  });

  it('tells stacks by libraries and frameworks, each once', async () => {
    const android = entriesOf({
      'AndroidManifest.xml': '',
      'lib/arm64-v8a/libflutter.so': '',
      'lib/x86_64/libflutter.so': '',
      'lib/arm64-v8a/libapp.so': 'xx https://api.example.com/v1\0yy',
    });
    const documents = (await readArtifact(android, 'a.apk')).filter((document) => document.kind === 'binary');
    assert.deepEqual(
      documents.flatMap(({ stacks }) => stacks.map(({ stack }) => stack)),
      ['flutter-dart-io'],
    );
    assert.deepEqual(
      documents.flatMap(({ hosts }) => hosts),
      ['api.example.com'],
    );
    const apple = entriesOf({ [`${APP}/Info.plist`]: INFO, [`${APP}/Frameworks/TrustKit.framework/TrustKit`]: '' });
    const frameworks = (await readArtifact(apple, 'a.ipa')).filter((document) => document.kind === 'binary');
    assert.deepEqual(
      frameworks.flatMap(({ stacks }) => stacks.map(({ evidence }) => evidence)),
      ['TrustKit'],
    );
  });

  it('tells readable script from bytecode', async () => {
    const script = async (content: string | Uint8Array) => {
      const entries = entriesOf({ 'AndroidManifest.xml': '', 'assets/index.android.bundle': content });
      return (await auditArtifact(entries, 'a.apk')).facts.find(({ id }) => id === 'script')?.level;
    };
    assert.deepEqual([await script('var a = 1'), await script(HERMES)], ['warning', 'info']);
  });

  it('names the schemes of signatures that it sees', async () => {
    const says = async (before: Uint8Array, members = {}) => {
      const { facts } = await auditArtifact(entriesOf({ 'AndroidManifest.xml': '', ...members }, before), 'a.apk');
      return facts.find(({ id }) => id === 'schemes')?.says;
    };
    assert.equal(await says(new Uint8Array()), 'no signature was found');
    assert.match((await says(signingBlock([0x7109871a, 0xf05368c0, 1]))) ?? '', /^signed by scheme v2, v3;/);
    assert.match((await says(new Uint8Array(), { 'META-INF/CERT.RSA': '' })) ?? '', /v1 alone/);
    assert.equal(await says(signingBlock([]).fill(0xff, 0, 40)), 'no signature was found');
  });

  it('never fails on members of any bytes, and neither do the rules', async () => {
    const names = [
      'AndroidManifest.xml',
      'resources.arsc',
      'classes.dex',
      'res/xml/a.xml',
      'assets/index.android.bundle',
      'lib/x/libapp.so',
      `${APP}/main.jsbundle`,
      `${APP}/Info.plist`,
    ];
    const members = fc.dictionary(fc.constantFrom(...names), fc.uint8Array({ maxLength: 80 }), { minKeys: 1 });
    await fc.assert(
      fc.asyncProperty(
        members,
        fc.constantFrom('AndroidManifest.xml', `${APP}/Info.plist`, 'base/manifest/AndroidManifest.xml'),
        async (all, kind) => {
          const { documents, facts } = await auditArtifact(entriesOf({ [kind]: 'x', ...all }), 'a.apk');
          lint({ documents, now: 0, expiryLeadDays: 90 }, { rules: RULES });
          assert.ok(facts.every(({ says, place }) => says !== '' && place.file.startsWith('a.apk!/')));
        },
      ),
      { seed: 5, numRuns: 150 },
    );
  });
});

/** Pairs of a length, a number and nothing, in a block with its size before and behind. */
function signingBlock(ids: readonly number[]): Uint8Array {
  const size = ids.length * 12 + 24;
  const view = new DataView(new ArrayBuffer(size + 8));
  view.setBigUint64(0, BigInt(size), true);
  ids.forEach((id, index) => {
    view.setBigUint64(8 + index * 12, 4n, true);
    view.setUint32(16 + index * 12, id, true);
  });
  view.setBigUint64(size - 16, BigInt(size), true);
  const bytes = new Uint8Array(view.buffer);
  bytes.set(new TextEncoder().encode('APK Sig Block 42'), size - 8);
  return bytes;
}
