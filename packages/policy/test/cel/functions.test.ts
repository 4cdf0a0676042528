import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { evaluatePolicy } from '@assay/policy';
import fc from 'fast-check';
import { createCompiler } from '../../src/cel/expression.ts';
import { matchesGlob } from '../../src/cel/functions.ts';
import { androidFacts, documentOf, faultsOf, policyOf, withFact } from '../support.ts';

const tierOf = (require: string, version: string | undefined): string =>
  evaluatePolicy(policyOf([{ require }]), withFact(androidFacts(), 'device.osVersion', version), { at: 0 }).tier;

describe('versionAtLeast', () => {
  it('compares by number, and a version that is none meets no floor', () => {
    const require = 'versionAtLeast(device.osVersion, "9.2")';
    assert.equal(tierOf(require, '17'), 'affirming');
    assert.equal(tierOf(require, '9.1.9'), 'contraindicated');
    for (const version of ['junk', '', undefined]) {
      assert.equal(tierOf(require, version), 'contraindicated');
      assert.equal(tierOf(`!(${require})`, version), 'contraindicated');
    }
  });
});

describe('daysSince', () => {
  const young = policyOf([{ require: 'daysSince(device.osPatch, now) < 90' }]);
  const judge = (patch: string | undefined, at: string) =>
    evaluatePolicy(young, withFact(androidFacts(), 'device.osPatch', patch), { at: Date.parse(at) }).tier;

  it('counts from the first day of a month', () => {
    assert.equal(judge('2026-09', '2026-11-29'), 'affirming');
    assert.equal(judge('2026-09', '2026-11-30'), 'contraindicated');
  });

  it('knows no age of what is no date', () => {
    for (const patch of ['2026-13', 'soon', undefined]) assert.equal(judge(patch, '2026-11-01'), 'contraindicated');
  });
});

describe('glob', () => {
  it('matches stars and single characters, and all other characters as they are', () => {
    for (const [text, pattern, fits] of [
      ['', '', true],
      ['', '*', true],
      ['', '?', false],
      ['SM-S901B', 'SM-S9*', true],
      ['SM-S901B', '*901?', true],
      ['SM-S901B', 'sm-*', false],
      ['a.b', 'a?b', true],
      ['a+b', 'a.b', false],
      ['abcabd', '*ab?', true],
      ['abc', 'abcd', false],
      ['abcd', 'abc', false],
    ] as const) {
      assert.equal(matchesGlob(text, pattern), fits, `${text} ${pattern}`);
    }
  });

  it('agrees with the plain definition', () => {
    const plain = (text: string, pattern: string): boolean => {
      if (pattern === '') return text === '';
      const rest = pattern.slice(1);
      if (pattern[0] === '*') return plain(text, rest) || (text !== '' && plain(text.slice(1), pattern));
      return text !== '' && (pattern[0] === '?' || pattern[0] === text[0]) && plain(text.slice(1), rest);
    };
    const word = (letters: string) => fc.string({ unit: fc.constantFrom(...letters), maxLength: 7 });
    fc.assert(
      fc.property(word('ab'), word('ab*?'), (text, pattern) => {
        assert.equal(matchesGlob(text, pattern), plain(text, pattern));
      }),
      { seed: 2, numRuns: 1000 },
    );
  });

  it('says nothing of texts and patterns that are endless', () => {
    const judge = (id: string, require: string) =>
      evaluatePolicy(
        policyOf([{ require: 'platform == "android"' }, { require }]),
        withFact(androidFacts(), 'app.id', id),
        {
          at: 0,
        },
      ).tier;
    assert.equal(judge('a'.repeat(4096), 'glob(app.id, "a*")'), 'affirming');
    for (const require of ['glob(app.id, "a*")', '!glob(app.id, "b*")']) {
      assert.equal(judge('a'.repeat(4097), require), 'contraindicated');
    }
    assert.equal(judge('*'.repeat(129), 'glob("a", app.id)'), 'contraindicated');
  });

  it('takes no longer for a hostile pattern than for any other', () => {
    assert.equal(matchesGlob('a'.repeat(20_000), `${'*a'.repeat(60)}b`), false);
  });
});

describe('arguments that are written out', () => {
  it('are refused when they could never work', () => {
    for (const [require, column] of [
      ['versionAtLeast(app.version, "v4")', 28],
      ['daysSince("2026-02-31", now) < 3', 10],
      ['glob(app.id, "")', 13],
      [`glob(app.id, "${'*'.repeat(129)}")`, 13],
    ] as const) {
      const compiled = createCompiler([]).question(require);
      assert.deepEqual('faults' in compiled && compiled.faults.map(({ at }) => at), [column], require);
      assert.equal(faultsOf(documentOf([{ require }])).length, 1);
    }
  });
});
