import assert from 'node:assert/strict';
import { it } from 'node:test';
import { RequestError } from '@assay/core';
import { FORMAT_REASONS, FormatError } from '@assay/formats';

it('is a fault of the request that says what and where', () => {
  const error = new FormatError('der.truncated', 7, { expected: 'three octets' });
  assert.ok(error instanceof RequestError);
  assert.equal(error.name, 'FormatError');
  assert.equal(error.family, 'request');
  assert.equal(error.code, 'der.truncated');
  assert.deepEqual(error.detail, { expected: 'three octets', offset: 7 });
  assert.equal(error.message, `${FORMAT_REASONS['der.truncated'].summary} (offset 7)`);
});
