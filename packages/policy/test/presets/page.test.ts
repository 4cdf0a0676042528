import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { POLICIES_PAGE, renderPolicies } from './page.ts';

describe('docs/policies.md', () => {
  it('says what the presets say', () => {
    assert.equal(readFileSync(POLICIES_PAGE, 'utf8'), renderPolicies());
  });
});
