import assert from 'node:assert/strict';
import { test } from 'node:test';
import { joinReasons } from '@assay/core';
import { TOKENS_REASONS } from '@assay/tokens';
import { ANSWERS } from '../src/answers.ts';
import { MIDDLEWARE_PROBLEMS, MIDDLEWARE_REASONS } from '../src/reasons.ts';
import { REFUSALS } from './refusals.ts';

test('codes are declared once and answered by a row', () => {
  assert.ok(joinReasons([TOKENS_REASONS, MIDDLEWARE_REASONS]).has('middleware.token_missing'));
  for (const problem of Object.values(MIDDLEWARE_PROBLEMS)) assert.ok(Object.hasOwn(ANSWERS, problem));
});

/** Raised elsewhere than by one request: tested with options, stages, rewriting and requests that are checked again. */
const ELSEWHERE = [
  'options_invalid',
  'check_crashed',
  'target_rewritten',
  'token_ended',
  'nonce_required',
  'body_unread',
  'body_too_large',
];

test('every code and every answer has a row among the refusals', () => {
  const codes = new Set<string>([
    ...REFUSALS.map(({ code }) => code),
    ...ELSEWHERE.map((code) => `middleware.${code}`),
  ]);
  assert.deepEqual(
    Object.keys(MIDDLEWARE_REASONS).filter((code) => !codes.has(code)),
    [],
  );
  const answers = new Set(REFUSALS.map(({ problem }) => problem));
  const missing = Object.keys(ANSWERS).filter((code) => !answers.has(code));
  assert.deepEqual(missing, ['request_too_large', 'overloaded', 'server_misconfigured']);
});
