import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { POLICY_REASONS, parsePolicy, reasonOf } from '@assay/policy';
import { documentOf } from './support.ts';

const document = JSON.parse(documentOf([{ require: 'device.locked' }, { require: 'app.id != ""' }]));
document.rules[0].otherwise = { tier: 'none', code: 'custom.mine', class: 'account', action: 'retry' };
document.rules[1].otherwise = { tier: 'none', code: 'custom.plain' };
const policy = parsePolicy(JSON.stringify(document), { version: 1 });

describe('the reason behind a code', () => {
  it('is its row where it is registered', () => {
    assert.equal(reasonOf(policy, 'policy.app_unproven'), POLICY_REASONS['policy.app_unproven']);
  });

  it('is what the rule says for a code of the operator’s own', () => {
    assert.partialDeepStrictEqual(reasonOf(policy, 'custom.mine'), {
      class: 'account',
      action: 'retry',
      summary: 'test',
    });
    assert.partialDeepStrictEqual(reasonOf(policy, 'custom.plain'), { class: 'evidence', action: 'stop' });
  });

  it('is none for a code that nobody gives', () => {
    for (const code of ['custom.other', 'service.banned', 'constructor', ''])
      assert.equal(reasonOf(policy, code), undefined);
  });
});
