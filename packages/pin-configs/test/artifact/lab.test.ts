import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { auditArtifact, LAB_PIN, lint, RULES } from '@assay/pin-configs';
import { entriesOf } from './entries.ts';
import { writeDex } from './write-dex.ts';

const APP = 'Payload/Bank.app';
const INFO = (more = '') =>
  `<?xml version="1.0"?><plist version="1.0"><dict><key>CFBundleExecutable</key><string>Bank</string>${more}</dict></plist>`;
const ATS = INFO(
  `<key>NSAppTransportSecurity</key><dict><key>NSPinnedDomains</key><dict><key>example.com</key><dict>
   <key>NSPinnedLeafIdentities</key><array><dict><key>SPKI-SHA256-BASE64</key><string>${LAB_PIN}</string></dict></array>
   </dict></dict></dict>`,
);
const NEXT_PIN = `Z${LAB_PIN.slice(1)}`;
const wide = (text: string) => Buffer.from(text, 'utf16le');

/** Where the forms of apps keep the strings of their code. */
const PLACES: Readonly<Record<string, (text: string) => Readonly<Record<string, string | Uint8Array>>>> = {
  'bytecode of Android': (text) => ({ 'AndroidManifest.xml': '', 'classes.dex': writeDex([], [text]) }),
  'Dart for Android': (text) => ({ 'AndroidManifest.xml': '', 'lib/arm64-v8a/libapp.so': `\0${text}\0` }),
  'Dart for iOS': (text) => ({ [`${APP}/Info.plist`]: INFO(), [`${APP}/Frameworks/App.framework/App`]: `\0${text}` }),
  'a bundle of script': (text) => ({ 'AndroidManifest.xml': '', 'assets/index.android.bundle': `var a="${text}"` }),
  'a bundle in two octets': (text) => ({ 'AndroidManifest.xml': '', 'assets/index.android.bundle': wide(text) }),
};

async function auditOf(members: Readonly<Record<string, string | Uint8Array>>) {
  const { facts, documents } = await auditArtifact(entriesOf(members), 'app.bin');
  const { findings } = lint({ documents, now: 0, expiryLeadDays: 90 }, { rules: RULES, only: ['X005'] });
  return { findings, facts: facts.filter(({ id }) => id === 'lab-build') };
}

describe('a built app that is a lab variant', () => {
  for (const [where, members] of Object.entries(PLACES)) {
    it(`is told by its mark in ${where}, and no other app is`, async () => {
      const { findings, facts } = await auditOf(members(LAB_PIN));
      assert.ok(findings.length > 0 && findings.every(({ severity }) => severity === 'error'));
      assert.ok(facts.length > 0 && facts.every(({ level }) => level === 'error'));
      assert.deepEqual(await auditOf(members(NEXT_PIN)), { findings: [], facts: [] });
    });
  }

  it('is told by its pins in a property list', async () => {
    const { findings } = await auditOf({ [`${APP}/Info.plist`]: ATS });
    assert.deepEqual(
      findings.map(({ place }) => place.file),
      [`app.bin!/${APP}/Info.plist`],
    );
    assert.deepEqual((await auditOf({ [`${APP}/Info.plist`]: ATS.replace(LAB_PIN, NEXT_PIN) })).findings, []);
  });
});
