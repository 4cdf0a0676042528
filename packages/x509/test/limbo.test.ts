import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { it } from 'node:test';
import { describeVectors } from '../../../tools/vectors.ts';
import { readLimbo, runCase } from './support/limbo.ts';

/** Cases in which this validator means to differ, each with the reason. None outside `pedantic-` accepts what should fail. */
const DISAGREEMENTS: Readonly<Record<string, { readonly outcome: string; readonly reason: string }>> = JSON.parse(
  readFileSync(new URL('limbo-disagreements.json', import.meta.url), 'utf8'),
);

describeVectors('x509-limbo', (dir) => {
  const cases = readLimbo(dir);

  for (const given of cases) {
    it(given.id, () => {
      const outcome = runCase(given);
      const expected = DISAGREEMENTS[given.id]?.outcome ?? given.expected_result;
      assert.equal(outcome.result, expected, outcome.result === 'FAILURE' ? outcome.code : 'accepted');
    });
  }

  it('differs only where it says so, and never by accepting', () => {
    for (const [id, { outcome, reason }] of Object.entries(DISAGREEMENTS)) {
      const given = cases.find((limbo) => limbo.id === id);
      assert.ok(given, `${id} is a case`);
      assert.notEqual(given.expected_result, outcome, `${id} is a disagreement`);
      assert.ok(reason.length > 20);
      const isPedantic = given.features?.some((feature) => feature.startsWith('pedantic-'));
      assert.ok(outcome === 'FAILURE' || isPedantic, `${id} would be a false accept`);
    }
  });
});
