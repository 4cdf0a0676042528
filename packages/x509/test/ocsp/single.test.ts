import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { concat, DerReader, der, TAG } from '@assay/formats';
import { readSingleResponse } from '../../src/ocsp/single.ts';
import { fault, intermediate, leaf } from '../support/chain.ts';
import { DAY, extensionDer, NOW, parsed } from '../support/mint.ts';
import { assertHardened } from '../support/mutate.ts';
import { mintSingle, type SingleSpec, status } from '../support/ocsp.ts';

const read = (bytes: Uint8Array) => readSingleResponse(DerReader.of(bytes).enter(TAG.SEQUENCE));
const single = (spec: SingleSpec = {}) => read(mintSingle(leaf, intermediate, spec));

describe('a single response', () => {
  it('says about which certificate, what, and for how long', () => {
    const { certId, certStatus, thisUpdate, nextUpdate, extensions } = single();
    assert.deepEqual(Buffer.from(certId.serial), Buffer.from(parsed(leaf).serial));
    assert.deepEqual(
      [certId.hashAlgorithm, certId.issuerNameHash.length, certId.issuerKeyHash.length],
      ['1.3.14.3.2.26', 20, 20],
    );
    assert.deepEqual(
      [certStatus, thisUpdate, nextUpdate, extensions.size],
      [{ status: 'good' }, NOW - DAY, NOW + DAY, 0],
    );
  });

  it('may leave out nextUpdate, and carry extensions', () => {
    const found = single({ nextUpdate: null, extensions: [extensionDer('1.2.3', { value: der.null() })] });
    assert.deepEqual([found.nextUpdate, [...found.extensions.keys()]], [undefined, ['1.2.3']]);
  });

  for (const [number, reason] of [
    [undefined, undefined],
    [0, 'unspecified'],
    [1, 'keyCompromise'],
    [6, 'certificateHold'],
    [8, 'removeFromCRL'],
    [10, 'aACompromise'],
  ] as const) {
    it(`says since when it is revoked, and why: ${reason}`, () => {
      const { certStatus } = single({ status: status.revoked(NOW - DAY, number) });
      assert.deepEqual(certStatus, { status: 'revoked', revokedAt: NOW - DAY, reason });
    });
  }

  it('may say that the certificate is unknown', () => {
    assert.deepEqual(single({ status: status.unknown }).certStatus, { status: 'unknown' });
  });

  for (const [what, spec] of [
    ['a reason that is not used', { status: status.revoked(NOW, 7) }],
    ['a reason out of range', { status: status.revoked(NOW, 11) }],
    ['a status that does not exist', { status: der.raw(0x83, new Uint8Array()) }],
    ['a good status with content', { status: der.raw(0x80, Uint8Array.of(0)) }],
    ['a revocation dated in UTCTime', { status: der.raw(0xa1, der.utcTime(NOW)) }],
  ] as const) {
    it(`is refused with ${what}`, () => assert.throws(() => single(spec), fault('ocsp.response_malformed')));
  }

  it('is refused with anything behind it', () => {
    const { content } = DerReader.of(mintSingle(leaf, intermediate)).element();
    assert.throws(() => read(der.raw(TAG.SEQUENCE, concat(content, der.null()))), { code: 'der.trailing_bytes' });
  });

  it('ends in a value or a coded error, whatever one changes', () => {
    assertHardened(mintSingle(leaf, intermediate, { status: status.revoked(NOW, 1) }), read);
  });
});
