import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ConfigError, EvidenceError, RequestError, UpstreamError } from '@assay/core';
import { SERVICE_REASONS } from '@assay/service';
import { PROBLEMS, TOKENS_REASONS } from '@assay/tokens';
import { problemCodeOf, toProblem } from '../../src/problems/problem.ts';
import { classify } from '../../src/problems/unexpected.ts';

describe('problems', () => {
  it('have the status that the protocol gives their code', () => {
    for (const code of Object.keys(PROBLEMS) as (keyof typeof PROBLEMS)[]) {
      const { type, status, title } = toProblem(code);
      assert.deepEqual(
        [type, status, title],
        [`urn:assay:problem:${code}`, PROBLEMS[code].status, PROBLEMS[code].title],
      );
    }
  });

  it('show families, and of the codes only those that clients act on', () => {
    const rows = [
      [new RequestError('json.syntax', 'x'), 'request_malformed'],
      [new EvidenceError('apple.nonce_mismatch', 'x'), 'evidence_invalid'],
      [new ConfigError('x509.anchor_not_genuine', 'x'), 'server_misconfigured'],
      [new UpstreamError('store.unavailable', 'x', true), 'vendor_unavailable'],
      [new UpstreamError('store.busy', 'x', true), 'overloaded'],
      [new UpstreamError('service.vendor_share_spent', 'x', true), 'rate_limited'],
      [new RequestError('service.challenge_used', 'x'), 'challenge_used'],
      [new RequestError('tokens.challenge_expired', 'x'), 'challenge_expired'],
      [new RequestError('tokens.request_too_large', 'x'), 'request_too_large'],
    ] as const;
    for (const [error, code] of rows) assert.equal(problemCodeOf(error), code);
  });

  it('of requests are never an unsigned refusal', () => {
    const codes = [...Object.values(SERVICE_REASONS), ...Object.values(TOKENS_REASONS)];
    for (const { code, family } of codes.filter((each) => each.family === 'request')) {
      const { status } = toProblem(problemCodeOf(new RequestError(code, family)));
      assert.ok(status === 400 || status === 413 || status === 500, code);
    }
  });

  it('take anything else for a fault of ours', () => {
    for (const error of [new Error('x'), 'text', undefined, null, { code: 'FST_ERR_VALIDATION' }]) {
      assert.deepEqual(classify(error), { problem: 'server_misconfigured', code: 'http.fault', isFault: true });
    }
  });
});
