import assert from 'node:assert/strict';
import { it } from 'node:test';
import { decodeJwt } from 'jose';
import { toLoggable } from '../../src/token/loggable.ts';
import { withCode } from '../kit.ts';
import { createVerifier, issue } from './kit.ts';

it('shows what a token says and nothing that could be used', async () => {
  const token = issue();
  const shown = toLoggable(token);
  assert.ok(!shown.includes(token.slice(token.lastIndexOf('.') + 1)));
  assert.equal(decodeJwt(`${shown.slice(0, shown.lastIndexOf('.'))}.AA`).jti, decodeJwt(token).jti);
  await assert.rejects(createVerifier().verify(shown, 'dpop'), withCode('tokens.token_malformed'));
});

it('shows nothing of what is no signed token', () => {
  for (const text of ['', 'secret', 'a.b', 'a.b.c.d.e', `${issue()} `]) assert.equal(toLoggable(text), '[not a token]');
  assert.equal(toLoggable('a'.repeat(5000)), '[oversized]');
  assert.equal(toLoggable('header..iv.text.tag'), '[sealed]');
});
