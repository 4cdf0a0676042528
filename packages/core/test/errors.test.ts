import assert from 'node:assert/strict';
import { it } from 'node:test';
import { AssayError, ConfigError, EvidenceError, RequestError, UpstreamError } from '@assay/core';

const families: readonly [AssayError, string][] = [
  [new EvidenceError('t.code', 'message'), 'evidence'],
  [new RequestError('t.code', 'message'), 'request'],
  [new UpstreamError('t.code', 'message', true), 'upstream'],
  [new ConfigError('t.code', 'message'), 'config'],
];

it('tells whose problem an error is', () => {
  for (const [error, family] of families) {
    assert.equal(error.family, family);
    assert.equal(error.code, 't.code');
    assert.ok(error instanceof AssayError);
    assert.notEqual(error.name, 'Error');
  }
});

it('keeps detail and cause apart from the message', () => {
  const cause = new Error('inner');
  const error = new EvidenceError('t.code', 'message', { expected: 'a', found: 'b' }, { cause });
  assert.deepEqual(error.detail, { expected: 'a', found: 'b' });
  assert.equal(error.cause, cause);
});
