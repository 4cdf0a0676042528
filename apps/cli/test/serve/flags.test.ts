import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ENVIRONMENT } from '@assay/server';
import { FLAGS, membersOfFlags } from '../../src/serve/flags.ts';

describe('flags of assay serve', () => {
  it('are there for every setting but the one that holds a password', () => {
    const missing = Object.keys(ENVIRONMENT).filter((member) => !FLAGS.some((row) => row.member === member));
    assert.deepEqual(missing, ['databaseUrl']);
  });

  it('give numbers as numbers, and what no number is as none', () => {
    const values = { workers: '3', 'status-list-max-age': '1.5' };
    assert.deepEqual(membersOfFlags(values), { workers: 3, statusListMaxAgeHours: 1.5 });
    assert.deepEqual(membersOfFlags({ workers: 'x' }), { workers: Number.NaN });
  });
});
