import assert from 'node:assert/strict';
import { it } from 'node:test';
import { API_PROBLEMS, PROBLEMS } from '../../src/wire/problems.ts';

it('signs exactly what is a refusal', () => {
  for (const [code, { signed, family }] of Object.entries(PROBLEMS)) {
    assert.equal(signed, family === 'evidence' || family === 'verdict', code);
  }
});

it('gives every fault of a protected API a status of 401 or 403', () => {
  for (const { status } of Object.values(API_PROBLEMS)) assert.ok(status === 401 || status === 403);
});
