import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { RULES_PAGE, renderRules } from './support/rules-page.ts';

describe('docs/pins-rules.md', () => {
  it('says what the rules say', () => {
    assert.equal(readFileSync(RULES_PAGE, 'utf8'), renderRules());
  });
});
