import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { readPolicy } from '../../src/policy/read.ts';
import { targetsTable } from '../support/targets-table.ts';

const PAGE = readFileSync(join(import.meta.dirname, '../../../../docs/pins-write.md'), 'utf8');

describe('docs/pins-write.md', () => {
  it('has the table of targets', () => {
    assert.ok(PAGE.includes(targetsTable()), `expected this table:\n${targetsTable()}`);
  });

  it('shows a policy that is read', () => {
    const [, text = ''] = /```yaml\n([\s\S]*?)```/.exec(PAGE) ?? [];
    assert.equal(readPolicy('assay.pins.yaml', text, { now: Date.UTC(2026, 10, 21) }).hosts.length, 2);
  });
});
