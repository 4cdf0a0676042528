import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { AssayError } from '@assay/core';
import { readCase } from '../../src/cases/read.ts';
import { androidEvidence, appleEvidence, huaweiEvidence, playEvidence } from '../support/evidence.ts';

const documents: readonly object[] = [
  (await androidEvidence()).document,
  await appleEvidence(),
  await playEvidence(),
  await huaweiEvidence('harmony'),
];
const around = {
  anchors: undefined,
  file: (name: string) => {
    throw new AssertedRead(name);
  },
};

/** Only a document with `chainFile` may ask for a file. */
class AssertedRead extends Error {}

/** What a document may hold in the place of any member. */
const HOSTILE: readonly unknown[] = [
  ...[null, true, 0, -1, 1e300, '', 'AAAA', '====', 'null', '2026-13-40', '-----BEGIN CERTIFICATE-----'],
  ...[[], [[]], [null], ['*'], {}, { utf8: 1 }, { base64: '*' }, { utf8: '', base64: '' }, { entries: 1 }],
  ...[{ entries: { ff: { status: 'X' } } }, { packages: [] }, { packages: [{ name: 1 }] }, { categories: [256] }],
  ...['x'.repeat(1 << 20), Array(10_000).fill(0), JSON.parse('{"__proto__":{"kind":"x"},"constructor":1}')],
];
const MORE = [
  'statusList',
  'expectedApp',
  'challengeOverride',
  'launchPolicy',
  'allowedEnvironments',
  'publicKeyPem',
  'chainFile',
  'tokenPayloadExternal',
  'expectedNonce',
  'expectedNonceBytes',
  'maxAgeSeconds',
  'now',
  'expectedCertDigestBase64',
];

describe('readCase', () => {
  it('reads what is complete', () => {
    assert.deepEqual(
      documents.map((document) => readCase(document, around).kind),
      ['android-key-attestation', 'apple-app-attest-attestation', 'play-integrity', 'huawei-sysintegrity'],
    );
  });

  it('never ends in anything but a case or a typed error', () => {
    for (const document of documents) {
      for (const name of [...Object.keys(document), ...MORE]) {
        for (const value of HOSTILE) assertTyped({ ...document, [name]: value });
      }
    }
  });

  it('names every member that is wrong, and shows none of it', () => {
    const document = { attestationObject: 'hunter2!', keyId: 7, clientDataHash: 'AAAA', appId: ['x'] };
    assert.throws(
      () => readCase(document, around),
      (error) => {
        assert.ok(error instanceof AssayError);
        assert.equal(error.code, 'cli.member_invalid');
        for (const name of ['attestationObject', 'keyId', 'appId'])
          assert.ok(error.detail.found?.includes(`${name}: `));
        assert.doesNotMatch(JSON.stringify([error.message, error.detail]), /hunter2/);
        return true;
      },
    );
  });

  it('asks for a file only when the document names one', () => {
    const [android] = documents;
    assert.throws(() => readCase({ ...android, chain: undefined, chainFile: 'a.pem' }, around), AssertedRead);
    assert.throws(() => readCase({ ...android, chain: undefined, chainFile: undefined }, around), AssayError);
  });
});

function assertTyped(document: object): void {
  try {
    readCase(document, around);
  } catch (error) {
    assert.ok(error instanceof AssayError, String(error));
    assert.match(error.code, /^(cli|json|pem|android)\./);
  }
}
