import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { COMMANDS } from '../src/commands/table.ts';
import { REFERENCE, renderReference } from './support/reference.ts';

describe('docs/cli.md', () => {
  it('is what the commands say of themselves', async () => {
    assert.equal(readFileSync(REFERENCE, 'utf8'), await renderReference());
  });

  for (const row of COMMANDS) {
    it(`assay ${row.name} has options, exit codes and a schema in its help`, async () => {
      const { name, options, help } = await row.load();
      assert.equal(name, row.name);
      for (const option of Object.keys(options)) assert.match(help, new RegExp(`--${option}\\b`));
      assert.match(help, /^Exit codes: 0 /m);
      assert.match(help, new RegExp(`schema assay\\.${name.replace(' ', '\\.')}/1`));
    });
  }
});
