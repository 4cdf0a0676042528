import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { RequestError } from '@assay/core';
import { misfit } from '@assay/formats/shape';
import { reading, refused } from '../../src/wire/fault.ts';
import { withCode } from './documents.ts';

describe('reading', () => {
  it('gives what was read, and names the place of a fault', () => {
    assert.equal(
      reading(() => 1),
      1,
    );
    assert.throws(
      () => reading(() => misfit('$.hosts[1].h', 'a host name')),
      (error: unknown) => {
        assert.ok(error instanceof RequestError && error.code === 'pins.document_malformed');
        assert.deepEqual([error.detail.found, error.detail.expected], ['$.hosts[1].h', 'a host name']);
        return true;
      },
    );
  });

  it('leaves other refusals as they are', () => {
    const refuse = () => {
      throw refused('pins.too_large', 'too large');
    };
    assert.throws(() => reading(refuse), withCode('pins.too_large'));
  });
});
