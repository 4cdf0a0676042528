import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { CASES, OUTCOMES, parseProfile, STEPS } from '../src/index.ts';

const PAGE = readFileSync(join(import.meta.dirname, '../../../docs/mitm.md'), 'utf8');

describe('docs/mitm.md', () => {
  it('shows a profile that is read', () => {
    const [, json = ''] = /```json\n(.*?)```/s.exec(PAGE) ?? [];
    assert.equal(parseProfile(JSON.parse(json)).name, 'our-app');
  });

  it('counts the battery, and names cases that there are', () => {
    assert.ok(PAGE.includes(`each of ${CASES.length} servers`));
    const rows = new Set(CASES.flatMap(({ id }) => [id, id.replace(/\.[a-z]$/, '')]));
    for (const [id] of PAGE.matchAll(/\b[NP][0-9]{1,2}(?:\.[a-z]\b)?/g)) assert.ok(rows.has(id), id);
  });

  it('explains every outcome and names every step', () => {
    const outcomes = [...PAGE.matchAll(/^\| ([A-Z]{3,}(?:-[A-Z]+)?) \| /gm)].map(([, name]) => name);
    assert.deepEqual(outcomes.toSorted(), Object.keys(OUTCOMES).toSorted());
    for (const step of Object.keys(STEPS)) assert.ok(PAGE.includes(`\`${step}\``), step);
  });
});
