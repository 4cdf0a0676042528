import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { AssayError } from '@assay/core';
import { der } from '@assay/formats';
import { parseCrl } from '@assay/x509';
import fc from 'fast-check';
import { OID } from '../src/oids.ts';
import { fault, intermediate, leaf } from './support/chain.ts';
import { algorithmId, DAY, extensionDer, mintCrl, NOW, parsed } from './support/mint.ts';

const REASON_CODE = '2.5.29.21';
const serial = parsed(leaf).serial;

describe('parseCrl', () => {
  it('reads entries, dates and extensions', () => {
    const reason = extensionDer(REASON_CODE, { value: der.enumerated(1) });
    const crl = parseCrl(mintCrl(intermediate, { serials: [Uint8Array.of(5)], entryExtensions: [reason] }));
    assert.deepEqual([...crl.revoked], ['05']);
    assert.deepEqual([crl.thisUpdate, crl.nextUpdate], [NOW - DAY, NOW + DAY]);
    assert.deepEqual(crl.issuer.raw, new Uint8Array(intermediate.subject));
    assert.equal(crl.criticalEntryExtensions.size, 0);
  });

  it('reads a list without entries and without a next update', () => {
    const crl = parseCrl(mintCrl(intermediate, { nextUpdate: null }));
    assert.deepEqual([crl.revoked.size, crl.nextUpdate], [0, undefined]);
  });

  it('reads large lists', () => {
    const serials = Array.from({ length: 5000 }, (_, index) => Uint8Array.of(1, index >> 8, index & 0xff));
    assert.equal(parseCrl(mintCrl(intermediate, { serials })).revoked.size, 5000);
  });

  it('refuses other versions, other algorithms outside, and bytes behind', () => {
    assert.throws(() => parseCrl(mintCrl(intermediate, { version: 0 })), fault('x509.version_invalid'));
    const outerAlgorithm = algorithmId(OID.ecdsaSha384);
    assert.throws(() => parseCrl(mintCrl(intermediate, { outerAlgorithm })), fault('x509.algorithm_mismatch'));
    assert.throws(() => parseCrl(Uint8Array.of(...mintCrl(intermediate), 0)), { code: 'der.trailing_bytes' });
  });

  it('ends in a coded error or a list, whatever one changes', () => {
    const good = mintCrl(intermediate, { serials: [serial] });
    fc.assert(
      fc.property(fc.nat(good.length - 1), fc.nat(255), (at, to) => {
        const bytes = Uint8Array.from(good);
        bytes[at] = to;
        try {
          parseCrl(bytes);
        } catch (error) {
          if (!(error instanceof AssayError)) throw error;
        }
      }),
      { numRuns: 2000, seed: 20261121 },
    );
  });
});
