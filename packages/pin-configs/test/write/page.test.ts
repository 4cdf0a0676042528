import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { readPolicy } from '../../src/policy/read.ts';
import { TARGETS } from '../../src/write/targets/index.ts';
import { writeTarget } from '../../src/write/write.ts';
import { targetsTable } from '../support/targets-table.ts';

const PAGE = readFileSync(join(import.meta.dirname, '../../../../docs/pins-write.md'), 'utf8');

describe('docs/pins-write.md', () => {
  it('has the table of targets', () => {
    assert.ok(PAGE.includes(targetsTable()), `expected this table:\n${targetsTable()}`);
  });

  const policies = Array.from(PAGE.matchAll(/```yaml\n([\s\S]*?)```/g), ([, text = '']) =>
    readPolicy('assay.pins.yaml', text, { now: Date.UTC(2026, 10, 21) }),
  );

  it('shows policies that are read', () => {
    assert.deepEqual(
      policies.map(({ hosts }) => hosts.map(({ trust }) => trust.store)),
      [['system'], ['private']],
    );
  });

  it('begins with one that every target writes that compares keys', () => {
    const [first] = policies;
    assert.ok(first !== undefined);
    for (const target of TARGETS.filter(({ can }) => can.pins === 'spki')) {
      assert.ok(writeTarget(target, first).files.length > 0, target.id);
    }
  });
});
