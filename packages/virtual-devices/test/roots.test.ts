import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { loadAppleTrust, loadGoogleHardwareAnchors, loadHuaweiAnchors, parseStatusList } from '@assay/evidence';
import { parsePem, utf8 } from '@assay/formats';
import { createSeededRandom, createTestRoots, TEST_ROOT_NAME } from '@assay/virtual-devices';
import { attributeValues, loadAnchor, parseCertificate } from '@assay/x509';
import { createPhone, send } from './support/app.ts';
import { roots } from './support/server.ts';

const COMMON_NAME = '2.5.4.3';
const anchors = [...roots.anchors.apple, ...roots.anchors.android, ...roots.anchors.huawei];

describe('createTestRoots', () => {
  it('says in every root what it is', () => {
    assert.equal(TEST_ROOT_NAME, 'ASSAY TEST ROOT – NOT FOR PRODUCTION');
    for (const { pem, source } of anchors) {
      const [der = new Uint8Array()] = parsePem(pem, 'CERTIFICATE');
      assert.deepEqual(attributeValues(parseCertificate(der).subject, COMMON_NAME), [TEST_ROOT_NAME]);
      assert.equal(source, TEST_ROOT_NAME);
    }
    for (const { genuine, lookalike } of [roots]) {
      for (const authorities of [genuine, lookalike]) {
        for (const chain of Object.values(authorities)) {
          const der = chain.at(-1)?.certificate ?? new Uint8Array();
          assert.deepEqual(attributeValues(parseCertificate(der).subject, COMMON_NAME), [TEST_ROOT_NAME]);
        }
      }
    }
  });

  it('gives anchors that load, none of them a production anchor', () => {
    const { attestation, receipt } = loadAppleTrust();
    const genuine = [...attestation, ...receipt, ...loadGoogleHardwareAnchors(), ...loadHuaweiAnchors()];
    const production = new Set(genuine.map(({ spki }) => Buffer.from(spki).toString('hex')));
    for (const { id, spki } of anchors.map(loadAnchor)) {
      assert.match(id, /^assay-test-/);
      assert.ok(!production.has(Buffer.from(spki).toString('hex')));
    }
  });

  it('gives each of Huawei’s services a root of its own, and Play two keys', () => {
    assert.deepEqual(
      roots.anchors.huawei.map(({ kind }) => kind),
      ['hms', 'harmony'],
    );
    assert.equal(roots.playKeys.decryptionKey.length, 32);
    assert.deepEqual(roots.playKeys.verificationKey, roots.playSigners.genuine.spki);
    assert.equal(roots.hmsKey(), roots.hmsKey());
  });

  it('lists the leaked certificate and no other', () => {
    const { entries } = parseStatusList(roots.statusList);
    assert.deepEqual([...entries.keys()], [roots.genuine.leaked[0].serial.toString(16)]);
  });

  it('makes the same keys out of the same bytes, so that server and phones may be apart', () => {
    const [one, two, other] = ['seed', 'seed', 'another'].map((seed) =>
      createTestRoots(createSeededRandom(utf8(seed))),
    );
    const keyOf = (made: typeof one) => made?.genuine.factory[0].keys.jwk;
    assert.deepEqual(keyOf(one), keyOf(two));
    assert.notDeepEqual(keyOf(one), keyOf(other));
    assert.notDeepEqual(keyOf(one), one?.lookalike.factory[0].keys.jwk);
  });

  it('phones of other roots are refused', async () => {
    const [judgement] = await send(createPhone('android', [], createTestRoots(createSeededRandom(utf8('x')))), [
      'enrol',
    ]);
    assert.deepEqual(judgement?.codes, ['android.root_untrusted']);
  });
});

describe('createSeededRandom', () => {
  it('gives as many bytes as asked, in one stream', () => {
    const [one, two] = [createSeededRandom(utf8('s')), createSeededRandom(utf8('s'))];
    for (const length of [0, 1, 31, 32, 33, 100]) {
      const bytes = one(length);
      assert.equal(bytes.length, length);
      assert.deepEqual(bytes, two(length));
    }
    assert.notDeepEqual(one(32), one(32));
  });
});
