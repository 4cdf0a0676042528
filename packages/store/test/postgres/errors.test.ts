import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { RequestError } from '@assay/core';
import postgres from 'postgres';
import { mayRunAgain, toPostgresError } from '../../src/postgres/errors.ts';
import { STORE_REASONS } from '../../src/reasons.ts';

/** The driver makes its errors from the server's fields, whatever its types say. */
const state = (code: string) => Object.assign(new postgres.PostgresError('secret value'), { code, detail: 'secret' });
const system = (code: string) => Object.assign(new Error('secret address'), { code });

const CODES: readonly (readonly [error: Error, code: string, retryable: boolean | undefined])[] = [
  [state('08006'), 'store.unavailable', true],
  [state('57P01'), 'store.unavailable', true],
  [state('25006'), 'store.unavailable', true],
  [system('ECONNREFUSED'), 'store.unavailable', true],
  [system('EPIPE'), 'store.unavailable', true],
  [system('CONNECTION_CLOSED'), 'store.unavailable', true],
  [system('CERT_HAS_EXPIRED'), 'store.unavailable', true],
  [state('53100'), 'store.disk_full', true],
  [state('53300'), 'store.busy', true],
  [state('40001'), 'store.busy', true],
  [state('55P03'), 'store.busy', true],
  [state('23505'), 'store.conflict', true],
  [state('42P07'), 'store.conflict', true],
  [state('42710'), 'store.conflict', true],
  [state('23503'), 'store.failed', false],
  [state('42601'), 'store.failed', false],
  [state('XX001'), 'store.corrupt', false],
  [state('28P01'), 'store.access_refused', undefined],
  [state('3D000'), 'store.access_refused', undefined],
  [state('42501'), 'store.access_refused', undefined],
];

describe('toPostgresError', () => {
  for (const [fault, code, retryable] of CODES) {
    it(`names ${'code' in fault ? fault.code : ''} ${code}`, () => {
      const error = toPostgresError(fault);
      assert.ok(error instanceof Error && 'code' in error);
      assert.equal(error.code, code);
      assert.equal('retryable' in error ? error.retryable : undefined, retryable);
      assert.doesNotMatch(`${error.message}${JSON.stringify(error)}`, /secret/);
      assert.equal(error.cause, undefined);
      assert.ok(Object.hasOwn(STORE_REASONS, code));
    });
  }

  it('leaves other errors as they are', () => {
    const fault = Object.assign(new TypeError('x'), { code: 'ERR_INVALID_ARG_TYPE' });
    for (const error of [fault, new RequestError('store.text_invalid', 'x'), new Error('x'), 'x', undefined]) {
      assert.equal(toPostgresError(error), error);
    }
  });
});

describe('mayRunAgain', () => {
  it('is for transactions that lost against another', () => {
    assert.deepEqual([state('40001'), state('40P01')].map(mayRunAgain), [true, true]);
    assert.deepEqual([state('40003'), system('40001'), undefined].map(mayRunAgain), [false, false, false]);
  });
});
