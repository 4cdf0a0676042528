import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { z } from 'zod';
import { assay, createFolder, inProcess } from '../../support/assay.ts';
import { zipOf } from '../../support/zip.ts';

const NOW = ['--now', '2026-11-21T00:00:00Z'];
const PINS = ['7HIpactkIAq2Y49orFOOQKurWxmmSFZhBCoQYcRhJ3Y=', 'C5+lpZ7tcVwmwQIMcRtPbsQtWLABXhQzejna0wHFr8M='];

const plist = (body: string) => `<?xml version="1.0"?><plist version="1.0"><dict>${body}</dict></plist>`;
const text = (key: string, value: string) => `<key>${key}</key><string>${value}</string>`;

const identities = PINS.map((pin) => `<dict>${text('SPKI-SHA256-BASE64', pin)}</dict>`).join('');
const ATS = `<key>NSAppTransportSecurity</key><dict><key>NSAllowsArbitraryLoads</key><true/><key>NSPinnedDomains</key><dict>
<key>api.example.com</key><dict><key>NSPinnedCAIdentities</key><array>${identities}</array></dict></dict></dict>`;
const APP = 'Payload/Bank.app';

const IPA = zipOf([
  { name: `${APP}/Info.plist`, content: plist(`${text('CFBundleIdentifier', 'com.example.bank')}${ATS}`) },
  {
    name: `${APP}/PlugIns/Share.appex/Info.plist`,
    content: plist('<key>NSExtension</key><dict/>'),
  },
  { name: `${APP}/main.jsbundle`, content: 'fetch("https://push.example.com/v1")' },
  { name: `${APP}/Frameworks/Flutter.framework/Flutter`, content: 'x' },
]);

const Report = z.object({
  schema: z.literal('assay.app.audit/1'),
  file: z.string(),
  form: z.enum(['apk', 'aab', 'ipa']),
  facts: z.array(
    z.object({
      topic: z.string(),
      id: z.string(),
      level: z.string(),
      says: z.string(),
      place: z.looseObject({ file: z.string() }),
    }),
  ),
  findings: z.array(
    z.looseObject({ rule: z.string(), severity: z.string(), place: z.looseObject({ file: z.string() }) }),
  ),
  unread: z.array(z.object({ file: z.string(), message: z.string() })),
});

async function audited(folder: string, file: string) {
  const { code, stdout } = await inProcess(['app', 'audit', join(folder, file), '--json', ...NOW]);
  return { code, ...Report.parse(JSON.parse(stdout)) };
}

describe('assay app audit', { concurrency: true }, () => {
  it('shows facts by topic, each with its place', async () => {
    const { code, stdout } = await assay(createFolder({ 'a.ipa': IPA }), ['app', 'audit', 'a.ipa', ...NOW]);
    assert.equal(code, 1);
    const lines = stdout.split('\n');
    assert.equal(lines[0], 'a.ipa  IPA');
    assert.match(stdout, /^ {2}error NSAllowsArbitraryLoads is on for the app {2}\[Payload\/Bank\.app\/Info\.plist/m);
    assert.match(stdout, /api\.example\.com: 0 pins of leaf keys, 2 of CA keys/);
    assert.match(stdout, /warn {2}script in readable text/);
    assert.match(stdout, /Flutter/);
  });

  it('gives the same as JSON, with the findings of the rules', async () => {
    const { code, form, facts, findings } = await audited(createFolder({ 'a.ipa': IPA }), 'a.ipa');
    assert.deepEqual([code, form], [1, 'ipa']);
    assert.ok(facts.some(({ id, level }) => id === 'ats-open' && level === 'error'));
    const rules = new Set(findings.map(({ rule }) => rule));
    for (const rule of ['N004', 'A006', 'X003']) assert.ok(rules.has(rule), rule);
  });

  it('tells what it could not read, and goes on', async () => {
    const zip = zipOf([
      { name: 'AndroidManifest.xml', content: 'no binary XML' },
      { name: 'classes.dex', content: 'no dex' },
      { name: 'assets/www/index.js', content: 'var a = 1' },
    ]);
    const folder = createFolder({ 'a.apk': zip });
    const { unread, facts } = await audited(folder, 'a.apk');
    const members = ['AndroidManifest.xml', 'classes.dex'].map((name) => `${join(folder, 'a.apk')}!/${name}`);
    assert.deepEqual(unread.map(({ file }) => file).sort(), members);
    assert.ok(facts.some(({ id }) => id === 'script'));
  });

  const REFUSED: readonly (readonly [string, Uint8Array, number])[] = [
    ['what is no zip', Buffer.from('no zip'), 2],
    ['a zip that is no app', zipOf([{ name: 'a', content: 'b' }]), 2],
  ];
  for (const [what, bytes, code] of REFUSED) {
    it(`refuses ${what}`, async () => {
      const path = join(createFolder({ 'a.apk': bytes }), 'a.apk');
      assert.equal((await inProcess(['app', 'audit', path])).code, code);
    });
  }

  it('refuses a file that is not there', async () => {
    assert.equal((await inProcess(['app', 'audit', join(createFolder(), 'a.apk')])).code, 3);
  });
});

describe('assay pins lint over built apps', () => {
  it('lints them beside sources', async () => {
    const folder = createFolder({
      'out/a.ipa': IPA,
      'src/broken/Info.plist': 'no plist',
      'notes.txt': 'text',
    });
    const { code, stdout } = await assay(folder, ['pins', 'lint', 'out/a.ipa', 'src', '--json', ...NOW]);
    assert.equal(code, 1);
    const { findings } = z
      .looseObject({ findings: z.array(z.looseObject({ place: z.looseObject({ file: z.string() }) })) })
      .parse(JSON.parse(stdout));
    const files = new Set(findings.map(({ place }) => place.file));
    assert.ok(files.has('out/a.ipa!/Payload/Bank.app/Info.plist'));
    assert.ok(files.has('src/broken/Info.plist'));
  });
});

const FRAMEWORK = '/usr/share/android-framework-res/framework-res.apk';
const hasAapt2 = existsSync(FRAMEWORK) && spawnSync('aapt2', ['version']).status === 0;

const ANDROID_APP = {
  'AndroidManifest.xml': `<manifest xmlns:android="http://schemas.android.com/apk/res/android" package="com.example.bank" android:versionCode="7" android:versionName="1.2">
  <uses-sdk android:minSdkVersion="24" android:targetSdkVersion="34"/>
  <application android:debuggable="@bool/yes" android:networkSecurityConfig="@xml/net">
    <provider android:name=".Data" android:authorities="com.example.data" android:exported="true"/>
  </application>
</manifest>`,
  'res/values/values.xml': '<resources><bool name="yes">true</bool></resources>',
  'res/xml/net.xml': `<network-security-config>
  <domain-config cleartextTrafficPermitted="@bool/yes">
    <domain includeSubdomains="true">api.example.com</domain>
    <pin-set expiration="2030-01-01"><pin digest="SHA-256">${PINS[0]}</pin><pin digest="SHA-256">${PINS[1]}</pin></pin-set>
  </domain-config>
</network-security-config>`,
  'res/xml/unused.xml': '<network-security-config/>',
};

/** Compiled by Android's own tools: as a debug build is, and with shortened paths. */
const BUILDS = ['a.apk', 'short.apk'] as const;
const SHORTENING = ['--enable-resource-path-shortening', '--enable-resource-obfuscation'];

describe('an app built by aapt2', {
  skip: hasAapt2 ? false : 'no aapt2 with a framework: apt install aapt libandroid-23-java',
}, () => {
  for (const file of BUILDS) {
    it(`${file}: the configuration that counts is found behind references`, async () => {
      const folder = createFolder(ANDROID_APP);
      build(folder);
      const { facts, findings } = await audited(folder, file);
      const errors = facts.filter(({ level }) => level === 'error').map(({ id }) => id);
      assert.deepEqual(errors, ['debuggable', 'cleartext']);
      assert.equal(facts.find(({ id }) => id === 'pins')?.says, 'api.example.com: 2 pins, until 2030-01-01');
      assert.equal(findings.filter(({ rule }) => rule === 'N012').length, 1);
      assert.equal(findings.filter(({ rule }) => rule === 'N005').length, 1);
    });
  }
});

function build(folder: string): void {
  const run = (args: readonly string[]) => execFileSync('aapt2', args, { cwd: folder, stdio: 'pipe' });
  run(['compile', '--dir', 'res', '-o', join(folder, 'compiled.zip')]);
  run(['link', '-I', FRAMEWORK, '--manifest', 'AndroidManifest.xml', '-o', 'a.apk', 'compiled.zip']);
  run(['optimize', ...SHORTENING, '-o', 'short.apk', 'a.apk']);
}
