import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from 'node:test';
import { ConfigError } from '@assay/core';
import { loadAnchor } from '@assay/x509';
import {
  GOOGLE_HARDWARE_ANCHORS,
  GOOGLE_SOFTWARE_ANCHORS_NEVER_FOR_PRODUCTION,
  HARDWARE_ANCHOR,
  loadGoogleHardwareAnchors,
} from '../../src/android-key/index.ts';

/** SHA-256 of the public keys, as published with the roots. */
const KEYS: Readonly<Record<string, string>> = {
  'google-hw-rsa': 'feb2ea7551ee316ed4bb443c8293b884dbfdea40b603ee3e4f4a897e4580fbae',
  'google-hw-ec': '3ee44512a1af2beb39c889490c60ea3f82e43f5d5a5532f5ab9419f676cd07ec',
  'google-software-ec': 'd5100c7942ef2e8310dc30ef82729680cf48d690735c3f68179a33c7c370f286',
  'google-software-rsa': 'f2c4746f545946c100e72297f8f946344d7052f03a2f694221f9c893b0e6f711',
};

describe('anchors', () => {
  for (const record of [...GOOGLE_HARDWARE_ANCHORS, ...GOOGLE_SOFTWARE_ANCHORS_NEVER_FOR_PRODUCTION]) {
    it(`${record.id} is genuine and names its source`, () => {
      const { spki } = loadAnchor(record);
      assert.equal(createHash('sha256').update(spki).digest('hex'), KEYS[record.id]);
      assert.match(record.source, /^https:\/\//);
      assert.match(record.date, /^\d{4}-\d{2}-\d{2}$/);
    });
  }

  it('for hardware are the two of Google, and no software root', () => {
    const loaded = loadGoogleHardwareAnchors();
    assert.deepEqual(
      loaded.map(({ id, kind }) => [id, kind]),
      [
        ['google-hw-rsa', HARDWARE_ANCHOR],
        ['google-hw-ec', HARDWARE_ANCHOR],
      ],
    );
    for (const { kind } of GOOGLE_SOFTWARE_ANCHORS_NEVER_FOR_PRODUCTION) assert.equal(kind, 'software');
  });

  it('are refused when altered', () => {
    const [record] = GOOGLE_HARDWARE_ANCHORS;
    assert.ok(record);
    assert.throws(() => loadAnchor({ ...record, sha256: '00'.repeat(32) }), ConfigError);
  });
});
