import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ConfigError, RequestError } from '@assay/core';
import { STORE_REASONS } from '../../src/reasons.ts';
import { isBusy, toSqliteError } from '../../src/sqlite/errors.ts';

const fault = (errcode: number) => Object.assign(new Error('secret value'), { code: 'ERR_SQLITE_ERROR', errcode });

const CODES: readonly (readonly [errcode: number, code: string, retryable: boolean | undefined])[] = [
  [5, 'store.busy', true],
  [517, 'store.busy', true],
  [6, 'store.busy', true],
  [13, 'store.disk_full', true],
  [778, 'store.unavailable', true],
  [11, 'store.corrupt', false],
  [267, 'store.corrupt', false],
  [26, 'store.corrupt', false],
  [1555, 'store.conflict', true],
  [2067, 'store.conflict', true],
  [1, 'store.failed', false],
  [14, 'store.path_invalid', undefined],
  [8, 'store.path_invalid', undefined],
];

describe('toSqliteError', () => {
  for (const [errcode, code, retryable] of CODES) {
    it(`names ${errcode} ${code}`, () => {
      const error = toSqliteError(fault(errcode));
      assert.ok(error instanceof Error && 'code' in error);
      assert.equal(error.code, code);
      assert.equal('retryable' in error ? error.retryable : undefined, retryable);
      assert.doesNotMatch(`${error.message}${JSON.stringify(error)}`, /secret/);
      assert.equal(error.cause, undefined);
      assert.ok(Object.hasOwn(STORE_REASONS, code));
    });
  }

  it('leaves other errors as they are', () => {
    for (const error of [new TypeError('x'), new RequestError('store.text_invalid', 'x'), 'x', undefined]) {
      assert.equal(toSqliteError(error), error);
    }
  });

  it('knows what busy is', () => {
    assert.equal(isBusy(toSqliteError(fault(5))), true);
    assert.equal(isBusy(toSqliteError(fault(13))), false);
    assert.equal(isBusy(new ConfigError('store.busy', 'x')), false);
  });
});
