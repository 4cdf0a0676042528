import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ENVIRONMENT } from '@assay/server';
import { FLAGS, membersOfFlags } from '../../src/serve/flags.ts';

describe('flags of assay serve', () => {
  it('are there for every setting but the one that holds a password and the one that is a structure', () => {
    const missing = Object.keys(ENVIRONMENT).filter((member) => !FLAGS.some((row) => row.member === member));
    assert.deepEqual(missing, ['databaseUrl']);
  });

  it('give numbers as numbers, and what no number is as none', () => {
    const values = { workers: '3', 'status-list-max-age': '1.5' };
    assert.deepEqual(membersOfFlags(values), { workers: 3, statusListMaxAgeHours: 1.5 });
    assert.deepEqual(membersOfFlags({ workers: 'x' }), { workers: Number.NaN });
  });

  it('give a source of trust data with its address, which may hold anything', () => {
    const url = 'https://mirror.example.com/status?a=b';
    const members = membersOfFlags({ 'trust-source': [`google-status=${url}`] });
    assert.deepEqual(members, { trustSources: [{ source: 'google-status', url }] });
    assert.throws(() => membersOfFlags({ 'trust-source': ['https://mirror.example.com/'] }), { code: 'cli.usage' });
  });
});
