import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { deadRules, parsePolicy, testPolicy } from '@assay/policy';
import { POLICY_PAGE, renderPolicyPage } from './policy-page.ts';

const page = readFileSync(POLICY_PAGE, 'utf8');
const [first = '', ...others] = [...page.matchAll(/```yaml\n(.*?)```/gs)].map(([, text = '']) => text);

describe('the page of dev evidence', () => {
  it('shows a policy that lets simulators in', () => {
    const dev = readFileSync(join(dirname(POLICY_PAGE), 'verification/dev.md'), 'utf8');
    const policy = parsePolicy(/```yaml\n(.*?)```/s.exec(dev)?.[1] ?? '', { version: 1 });
    assert.deepEqual(
      testPolicy(policy).map(({ passed }) => passed),
      [true, true],
    );
  });
});

describe('the page of the language', () => {
  it('has the tables of the code', () => {
    const hint = 'make it: node --conditions=@assay/source packages/policy/test/policy-page.ts';
    assert.equal(page, renderPolicyPage(page), hint);
  });

  it('begins with a policy that works', () => {
    const policy = parsePolicy(first, { version: 1 });
    assert.ok(policy.examples.length >= 3);
    assert.deepEqual(
      testPolicy(policy).filter(({ passed }) => !passed),
      [],
    );
    assert.deepEqual(deadRules(policy), []);
  });

  it('shows parts that fit into it', () => {
    for (const part of others) {
      const withoutPart = first.replace(new RegExp(`^${part.split(':')[0]}:.*?(?=^\\w)`, 'ms'), '');
      parsePolicy(`${withoutPart}\n${part}`, { version: 1 });
    }
  });
});
