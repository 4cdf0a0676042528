import assert from 'node:assert/strict';
import { it } from 'node:test';
import { ConfigError, defineReasons, joinReasons } from '@assay/core';

const row = { family: 'evidence', class: 'evidence', action: 'retry', summary: 's', hint: 'h' } as const;

it('carries each code inside its reason', () => {
  const table = defineReasons({ 't.one': row });
  assert.deepEqual(table['t.one'], { code: 't.one', ...row });
});

it('joins tables and refuses a code declared twice', () => {
  const one = defineReasons({ 't.one': row });
  const two = defineReasons({ 't.two': row });
  assert.deepEqual([...joinReasons([one, two]).keys()], ['t.one', 't.two']);
  assert.throws(
    () => joinReasons([one, two, one]),
    (error) => error instanceof ConfigError && error.code === 'core.reason_declared_twice',
  );
});
