import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, it } from 'node:test';
import { auditArtifact } from '@assay/pin-configs';
import { openArchive } from '../../src/artifacts/archive.ts';

// Genuine apps, which `node tools/artefacts/fetch.mjs` brings; names, versions and levels are those that aapt2 shows, the rest was seen once and must stay.

const folder =
  process.env['ASSAY_ARTEFACTS'] ?? resolve(import.meta.dirname, '../../../../node_modules/.cache/assay-artefacts');

interface Expected {
  readonly file: string;
  readonly identity: string;
  readonly sdk: string;
  readonly signed: string;
  /** How many facts of each published name that is not in every app. */
  readonly counts: Readonly<Record<string, number>>;
}

const APPS: readonly Expected[] = [
  {
    file: 'settings.apk',
    identity: 'io.appium.settings, version 8.0.10 (192)',
    sdk: 'minSdkVersion 26, targetSdkVersion 35',
    signed: 'v2',
    counts: { exported: 11, 'custom-trust-manager': 0 },
  },
  {
    file: 'uiautomator2-server.apk',
    identity: 'io.appium.uiautomator2.server, version 10.6.6 (278)',
    sdk: 'minSdkVersion 26, targetSdkVersion 34',
    signed: 'v1, v2, v3',
    counts: { exported: 1, 'custom-trust-manager': 1 },
  },
  {
    file: 'apidemos.apk',
    identity: 'io.appium.android.apis, version 5.0.0 (25)',
    sdk: 'minSdkVersion 17, targetSdkVersion 33',
    signed: 'v1, v2',
    counts: { 'custom-trust-manager': 0 },
  },
];

describe('genuine apps', () => {
  for (const { file, identity, sdk, signed, counts } of APPS) {
    const path = join(folder, file);
    const isMissing = !existsSync(path) && process.env['ASSAY_ARTEFACTS'] === undefined;
    it(file, { skip: isMissing ? `no ${file}: run node tools/artefacts/fetch.mjs` : false }, async () => {
      const archive = await openArchive(path);
      const { form, documents, facts } = await auditArtifact(archive, file);
      archive.close();
      const says = (id: string) => facts.find((fact) => fact.id === id)?.says;
      assert.deepEqual([form, archive.refused], ['apk', []]);
      assert.deepEqual([says('identity'), says('sdk')], [identity, sdk]);
      assert.equal(says('schemes'), `signed by scheme ${signed}; nothing was verified`);
      assert.deepEqual(
        documents.filter(({ kind }) => kind === 'unreadable'),
        [],
      );
      for (const [id, count] of Object.entries(counts)) {
        assert.equal(facts.filter((fact) => fact.id === id).length, count, id);
      }
      assert.deepEqual(
        facts.filter(({ level }) => level === 'error').map(({ id }) => id),
        ['debuggable'],
      );
    });
  }
});
