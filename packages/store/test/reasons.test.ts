import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { STORE_REASONS } from '@assay/store';

describe('STORE_REASONS', () => {
  it('never makes the device answer for the store', () => {
    for (const { code, family, action } of Object.values(STORE_REASONS)) {
      assert.match(code, /^store\.[a-z_]+$/);
      assert.notEqual(family, 'evidence');
      assert.equal(action, 'retry');
    }
  });
});
