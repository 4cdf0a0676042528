import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { coversBan, coversRow, coversRule, sideOf } from '../../src/analysis/covers.ts';
import { policyOf } from '../support.ts';

type Draft = Parameters<typeof policyOf>[0][number];
const PROOF = { id: 'proof', require: 'platform != "web"' } as const;

function covers(strong: Draft, weak: Draft): boolean {
  const [one, other] = [strong, weak].map((draft) => sideOf(policyOf([PROOF, { ...draft, id: 'it' }])));
  const [left, right] = [one?.policy.rules[1], other?.policy.rules[1]];
  assert.ok(one && other && left && right);
  return coversRule(left, right, [one, other]);
}

describe('a rule covers another', () => {
  const locked = { require: 'device.locked', when: 'platform == "ios"', tier: 'none' };

  it('that applies less often, demands less, sees more or weighs less', () => {
    for (const change of [
      {},
      { when: 'platform == "ios" && has(app.id)' },
      { require: 'device.locked || has(app.id)' },
      { known: 'claimed' as const },
      { tier: 'warning' },
      { tier: 'contraindicated' },
    ]) {
      assert.equal(covers(locked, { ...locked, ...change }), true, JSON.stringify(change));
    }
    const { when: _, ...always } = locked;
    assert.deepEqual([covers(always, locked), covers(locked, always)], [true, false]);
  });

  it('and none of these the other way round', () => {
    for (const change of [
      { when: 'platform == "ios" && has(app.id)' },
      { require: 'device.locked || has(app.id)' },
      { known: 'claimed' as const },
      { tier: 'warning' },
    ]) {
      assert.equal(covers({ ...locked, ...change }, locked), false, JSON.stringify(change));
    }
  });
});

describe('a row covers another', () => {
  const side = (level: string, when: string) => sideOf(policyOf([PROOF], { assurance: [{ level, when }] }));
  const covered = (wide: [string, string], narrow: [string, string]): boolean => {
    const [one, other] = [side(...wide), side(...narrow)];
    const [left, right] = [one.policy.assurance[0], other.policy.assurance[0]];
    assert.ok(left && right);
    return coversRow(left, right, [one, other]);
  };

  it('that grants less, or to fewer', () => {
    assert.equal(covered(['high', 'device.locked'], ['low', 'device.locked && has(app.id)']), true);
    assert.equal(covered(['low', 'device.locked'], ['high', 'device.locked']), false);
    assert.equal(covered(['high', 'device.locked && has(app.id)'], ['low', 'device.locked']), false);
  });
});

describe('a ban covers another', () => {
  const side = (ban: object) =>
    sideOf(
      policyOf([PROOF], {
        bans: [{ id: 'a', when: 'threats.root', target: 'lineage', for: '2d', reason: 'x', ...ban }],
      }),
    );
  const covered = (strong: object, weak: object): boolean => {
    const [one, other] = [side(strong), side(weak)];
    const [left, right] = [one.policy.bans[0], other.policy.bans[0]];
    assert.ok(left && right);
    return coversBan(left, right, [one, other]);
  };

  it('that is shorter, or of fewer', () => {
    assert.equal(covered({}, { for: '1d', when: 'threats.root && threats.hooks' }), true);
    assert.equal(covered({ known: 'claimed' }, {}), true);
    for (const weaker of [{ for: '1d' }, { when: 'threats.root && threats.hooks' }, { target: 'model' }]) {
      assert.equal(covered(weaker, {}), false, JSON.stringify(weaker));
    }
    assert.equal(covered({}, { known: 'claimed' }), false);
  });
});
