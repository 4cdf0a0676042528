import assert from 'node:assert/strict';
import { it } from 'node:test';
import { joinReasons } from '@assay/core';
import { FORMAT_REASONS } from '@assay/formats';
import { TOKENS_PROBLEMS, TOKENS_REASONS } from '../src/reasons.ts';
import { API_PROBLEMS, PROBLEMS } from '../src/wire/problems.ts';

it('has a reason and a public code for every code', () => {
  assert.deepEqual(Object.keys(TOKENS_PROBLEMS), Object.keys(TOKENS_REASONS));
  const known = new Set([...Object.keys(PROBLEMS), ...Object.keys(API_PROBLEMS)]);
  for (const [code, problem] of Object.entries(TOKENS_PROBLEMS)) {
    assert.match(code, /^tokens\.[a-z_]+$/);
    assert.ok(known.has(problem), problem);
  }
});

it('joins with other packages’ reasons', () => {
  assert.ok(joinReasons([TOKENS_REASONS, FORMAT_REASONS]).has('tokens.request_malformed'));
});
