import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';

const folder = join(import.meta.dirname, '../src');

/** What runs in an app. */
const PORTABLE = /^(@assay\/(core|formats|tokens\/wire|pins\/wire|secrets\/box)|\.{1,2}\/(signals\/)?[a-z-]+\.ts)$/;

describe('the engine', () => {
  it('runs where there is no Node: it imports portable entries and its own files only', () => {
    const own = [...readdirSync(folder), ...readdirSync(join(folder, 'signals')).map((file) => `signals/${file}`)];
    const files = own.filter((file) => file.endsWith('.ts'));
    assert.ok(files.length > 12);
    for (const file of files) {
      const sources = readFileSync(join(folder, file), 'utf8').matchAll(/from '([^']+)'/g);
      for (const [, source = ''] of sources) assert.match(source, PORTABLE, file);
    }
  });
});
