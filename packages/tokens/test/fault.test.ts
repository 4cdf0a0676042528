import assert from 'node:assert/strict';
import { it } from 'node:test';
import { ConfigError, EvidenceError, RequestError, UpstreamError } from '@assay/core';
import { parseBase64url } from '@assay/formats';
import { misfit } from '@assay/formats/shape';
import { fault, within } from '../src/fault.ts';
import { withCode } from './kit.ts';

it('makes the error of the family that the reason declares', () => {
  assert.ok(fault('tokens.request_malformed') instanceof RequestError);
  assert.ok(fault('tokens.token_expired') instanceof EvidenceError);
  assert.ok(fault('tokens.list_empty') instanceof ConfigError);
  const upstream = fault('tokens.jwks_unavailable');
  assert.ok(upstream instanceof UpstreamError && upstream.retryable);
});

it('puts faults of reading under the code of the document, and lets every other throw pass', () => {
  const run = (step: () => unknown) => within('tokens.token_malformed', step);
  assert.throws(() => run(() => parseBase64url('*')), withCode('tokens.token_malformed'));
  assert.throws(() => run(() => misfit('$.a', 'a text')), withCode('tokens.token_malformed'));
  assert.throws(
    () =>
      run(() => {
        throw new RangeError('mine');
      }),
    RangeError,
  );
  assert.throws(
    () =>
      run(() => {
        throw fault('tokens.list_empty');
      }),
    withCode('tokens.list_empty'),
  );
});
