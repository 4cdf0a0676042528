import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { CASES } from '../../src/battery/battery.ts';
import { parseCases } from '../../src/index.ts';
import { CASES_PAGE, renderCases } from './cases-page.ts';

describe('docs/mitm-cases.md', () => {
  it('is what the cases say of themselves', () => {
    assert.equal(readFileSync(CASES_PAGE, 'utf8'), renderCases());
  });

  it('has a line for each case', () => {
    const lines = renderCases().split('\n');
    for (const { id, title } of CASES) {
      assert.equal(
        lines.filter((line) => line.startsWith(`| <a id="${id.toLowerCase()}"></a>${id} | ${title} |`)).length,
        1,
        id,
      );
    }
  });

  it('has an example that is read', () => {
    const [, json = ''] = /```json\n(.*?)```/s.exec(renderCases()) ?? [];
    assert.equal(parseCases(JSON.parse(json)).length, 1);
  });
});
