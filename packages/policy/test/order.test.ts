import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { compareVersions, daysBetween, isDate, isVersion } from '../src/order.ts';

const seconds = (date: string): number => Date.parse(date) / 1000;

describe('versions', () => {
  it('compare number by number', () => {
    for (const [left, right, order] of [
      ['17.4', '17.4.0', 0],
      ['9', '17', -1],
      ['17.10', '17.9', 1],
      ['0', '0.0.1', -1],
    ] as const) {
      assert.equal(Math.sign(compareVersions(left, right)), order, `${left} ${right}`);
    }
  });

  it('are decimal numbers and dots, and nothing else', () => {
    for (const text of ['', '1.', '.1', '1..2', '1a', 'v1', '-1', '1 ', '12345678901', '1.1.1.1.1.1.1.1.1', '١']) {
      assert.equal(isVersion(text), false, text);
    }
  });

  it('have an order', () => {
    const versions = fc.array(fc.nat(20), { minLength: 1, maxLength: 4 }).map((numbers) => numbers.join('.'));
    fc.assert(
      fc.property(versions, versions, versions, (a, b, c) => {
        assert.equal(Math.sign(compareVersions(a, b)) + Math.sign(compareVersions(b, a)), 0);
        if (compareVersions(a, b) <= 0 && compareVersions(b, c) <= 0) assert.ok(compareVersions(a, c) <= 0);
      }),
      { seed: 1, numRuns: 500 },
    );
  });
});

describe('dates', () => {
  it('count whole days from their first second', () => {
    assert.equal(daysBetween('2026-11', seconds('2026-11-01T00:00:00Z')), 0);
    assert.equal(daysBetween('2026-11-01', seconds('2026-11-21T23:59:59Z')), 20);
    assert.equal(daysBetween('2026-11-02', seconds('2026-11-01T00:00:00Z')), -1);
  });

  it('exist, or are no dates', () => {
    assert.ok(isDate('2024-02-29') && isDate('2026-11'));
    for (const text of [
      '2026-02-29',
      '2026-02-31',
      '2026-13',
      '2026-00',
      '2026-1',
      '26-01-01',
      '2026-11-5',
      '',
      'now',
    ]) {
      assert.equal(isDate(text), false, text);
      assert.equal(daysBetween(text, 0), undefined, text);
    }
    assert.equal(daysBetween('2026-11', Number.NaN), undefined);
  });
});
