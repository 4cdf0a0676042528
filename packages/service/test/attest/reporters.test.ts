import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { reportersAfter } from '../../src/attest/reporters.ts';

const saying = (...providers: readonly string[]) => ({
  claims: {
    ...{ ver: '1', build: '1', os: '1', sdk: 's' },
    signals: providers.map((p) => ({ p, pv: '1', n: 'root', v: false })),
  },
});

describe('reporters of an instance', () => {
  it('are told when they go silent, as long as they are', () => {
    const enrolled = reportersAfter([], saying('a', 'b'));
    assert.deepEqual(enrolled, { all: ['a', 'b'], silent: [] });
    const silent = reportersAfter(enrolled.all, saying('b'));
    assert.deepEqual(silent, { all: ['a', 'b'], silent: ['a'] });
    assert.deepEqual(reportersAfter(silent.all, saying()).silent, ['a', 'b']);
    assert.deepEqual(reportersAfter(silent.all, saying('a', 'b', 'c')), { all: ['a', 'b', 'c'], silent: [] });
  });

  it('stay few, whoever a sender makes up', () => {
    const made = Array.from({ length: 64 }, (_, index) => `p${index}`);
    const { all } = reportersAfter(['a'], saying(...made));
    assert.equal(all.length, 16);
    assert.equal(all[0], 'a');
  });
});
