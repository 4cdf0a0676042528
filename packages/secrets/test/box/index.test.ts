import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';

const folder = join(import.meta.dirname, '../../src/box');

describe('the box entry', () => {
  it('runs in an app: it imports nothing but core, formats, jose and its own folder', () => {
    const files = readdirSync(folder).filter((file) => file.endsWith('.ts'));
    assert.ok(files.length > 4);
    for (const file of files) {
      const sources = readFileSync(join(folder, file), 'utf8').matchAll(/from '([^']+)'/g);
      for (const [, source = ''] of sources)
        assert.match(source, /^(@assay\/core|@assay\/formats(\/shape)?|jose|\.\/[a-z-]+\.ts)$/, file);
    }
  });
});
