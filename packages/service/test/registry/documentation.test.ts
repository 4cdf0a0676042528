import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { ApiDocument, AppDocument } from '@assay/service';

const page = readFileSync(join(import.meta.dirname, '../../../../docs/apps.md'), 'utf8');

/** Members in the first column of a section's table. */
function membersIn(section: string): readonly string[] {
  const [, text = ''] = page.split(`\n## ${section}\n`);
  const [table = ''] = text.split('\n## ');
  return [...table.matchAll(/^\| `([A-Za-z]+)` \|/gm)].map(([, member = '']) => member);
}

describe('docs/apps.md', () => {
  for (const [section, schema] of [
    ['An app', AppDocument],
    ['An API', ApiDocument],
  ] as const) {
    it(`names every member of ${section.toLowerCase()}, and no other`, () => {
      assert.deepEqual(membersIn(section).toSorted(), Object.keys(schema.shape).toSorted());
    });
  }

  it('shows an app that the registry takes', () => {
    const [, example = ''] = /```json\n(.*?)```/s.exec(page) ?? [];
    assert.equal(AppDocument.parse(JSON.parse(example)).id, 'com.example.bank');
  });
});
