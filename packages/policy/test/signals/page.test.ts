import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { renderSignals, SIGNALS_PAGE } from './page.ts';

describe('docs/signals.md', () => {
  it('says what the tables say', () => {
    assert.equal(readFileSync(SIGNALS_PAGE, 'utf8'), renderSignals());
  });
});
