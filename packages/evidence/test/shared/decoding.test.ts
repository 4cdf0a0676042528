import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { RequestError } from '@assay/core';
import { parseCbor } from '@assay/formats';
import { decoding } from '../../src/shared/decoding.ts';

describe('decoding', () => {
  it('puts a decoding fault under the code of the check, and keeps where it was', () => {
    assert.throws(
      () => decoding('test.malformed', 'the test', 'clause 1', () => parseCbor(Uint8Array.of(0x01, 0x00))),
      (error) => {
        assert.ok(error instanceof RequestError);
        assert.equal(error.code, 'test.malformed');
        assert.deepEqual(
          [error.detail.found, error.detail.offset, error.detail.clause],
          ['cbor.trailing_bytes', 1, 'clause 1'],
        );
        return true;
      },
    );
  });

  it('does not hide a crash', () => {
    const crash = new TypeError('crash');
    const run = () => {
      throw crash;
    };
    assert.throws(() => decoding('test.malformed', 'the test', 'clause 1', run), crash);
  });
});
