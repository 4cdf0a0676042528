import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { diffPolicies } from '@assay/policy';
import { policyOf } from '../support.ts';

const RULES = [
  { id: 'app', require: 'has(app.id)', tier: 'none' },
  { id: 'sdk', when: 'platform == "android"', require: 'device.sdk >= 30', tier: 'warning' },
] as const;
const REST = {
  lists: { keys: ['a', 'b'] },
  annotations: [{ name: 'x', value: 'app.category' }],
  bans: [{ id: 'b', when: 'threats.root', target: 'lineage', for: '7d', reason: 'test' }],
  examples: [{ name: 'e', device: 'dev', expect: { tier: 'none' } }],
};
const base = policyOf(RULES, REST);
const changes = (rules: typeof RULES | readonly Parameters<typeof policyOf>[0][number][], rest: object = {}) =>
  diffPolicies(base, policyOf(rules, { ...REST, ...rest })).changes;

describe('what differs', () => {
  it('is nothing between equals, in whatever order their rules stand', () => {
    assert.deepEqual(changes(RULES), []);
    assert.deepEqual(changes(RULES.toReversed()), []);
  });

  it('is named member by member', () => {
    const [app, sdk] = RULES;
    assert.deepEqual(changes([app, { ...sdk, tier: 'none' }], { lists: { keys: ['a'] } }), [
      { path: 'lists.keys', from: 'a, b', to: 'a' },
      { path: 'rules.sdk.otherwise.tier', from: 'warning', to: 'none' },
    ]);
    assert.deepEqual(changes(RULES, { outage: { vendor: 'degrade' } }), [
      { path: 'outage.vendor', from: 'deny', to: 'degrade' },
    ]);
    assert.deepEqual(
      changes(RULES, { annotations: [], bans: [], examples: [] }).map(({ path, to }) => [path, to]),
      [
        ['annotations.x', undefined],
        ['bans.b', undefined],
        ['examples.e', undefined],
      ],
    );
  });

  it('is a whole rule where one was added or is gone', () => {
    const added = changes([...RULES, { id: 'n', require: 'true' }]);
    assert.ok(added.length > 0 && added.every(({ path, from }) => path.startsWith('rules.n.') && from === undefined));
    const gone = changes(RULES.slice(0, 1));
    assert.ok(gone.length > 0 && gone.every(({ path, to }) => path.startsWith('rules.sdk.') && to === undefined));
  });
});
