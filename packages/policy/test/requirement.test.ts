import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { FactType, FactValue, Requirement } from '@assay/policy';
import { meets, toText } from '../src/requirement.ts';

const signal = (name: string, value: boolean) => [{ provider: 'p', version: '1', name, value }];

const rows: readonly [FactType, Requirement, FactValue, FactValue][] = [
  ['text', { present: true, equals: 'a' }, 'a', 'b'],
  ['boolean', { equals: true }, true, false],
  ['choice', { in: ['tee', 'strongbox'] }, 'tee', 'software'],
  ['number', { in: [1, 2] }, 1, 3],
  ['number', { in: [1, 2] }, 1, '1'],
  ['number', { atLeast: 3 }, 3, 2],
  ['number', { atLeast: 3, atMost: 5 }, 5, 6],
  ['date', { atLeast: '2026-01' }, '2026-01-05', '2025-12'],
  ['date', { atLeast: '2026-01' }, '2026-01-05', 'not a date'],
  ['date', { atMost: '2026-01' }, '2025-12', 'not a date'],
  ['version', { atLeast: '4.2' }, '4.10', '4.1.9'],
  ['numbers', { includes: [2] }, [2, 3], [3]],
  ['numbers', { includes: [2] }, [2, 3], '2'],
  ['numbers', { excludes: [7] }, [2], [2, 7]],
  ['numbers', { excludes: [7] }, [], 7],
  ['numbers', { includes: [2], excludes: [7] }, [2], [2, 7]],
  ['texts', { includes: ['a', 'b'] }, ['b', 'a'], ['a']],
  ['choice', { sameAs: 'key.attesterLevel' }, 'tee', 'strongbox'],
  ['signals', { notRaised: ['hooks'] }, signal('hooks', false), signal('hooks', true)],
  ['signals', { notRaised: ['hooks'] }, signal('root', true), 'hooks'],
];

describe('requirements', () => {
  for (const [type, requirement, good, bad] of rows) {
    it(`${type}: ${toText(requirement)}`, () => {
      assert.equal(
        meets(requirement, good, type, () => 'tee'),
        true,
      );
      assert.equal(
        meets(requirement, bad, type, () => 'tee'),
        false,
      );
    });
  }

  it('does not take two unknown facts as the same', () => {
    assert.equal(
      meets({ sameAs: 'key.attesterLevel' }, 'tee', 'choice', () => undefined),
      false,
    );
  });

  it('holds never when it asks for nothing', () => {
    assert.equal(
      meets({}, 'tee', 'choice', () => 'tee'),
      false,
    );
  });
});
