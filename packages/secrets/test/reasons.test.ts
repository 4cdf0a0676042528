import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { joinReasons } from '@assay/core';
import { SECRETS_REASONS } from '@assay/secrets';

const folder = join(import.meta.dirname, '../src');

/** Codes that the package's sources name, the table itself left out. */
function codesInSource(): string[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const texts = files
    .filter((file) => file.endsWith('.ts') && !file.endsWith('reasons.ts'))
    .map((file) => readFileSync(join(folder, file), 'utf8'));
  return [...new Set(texts.flatMap((text) => text.match(/(?<=')secrets\.[a-z_]+(?=')/g) ?? []))].toSorted();
}

describe('reason codes', () => {
  it('are exactly those that the sources raise', () => {
    assert.deepEqual(codesInSource(), Object.keys(SECRETS_REASONS).toSorted());
  });

  it('join a registry', () => assert.equal(joinReasons([SECRETS_REASONS]).size, Object.keys(SECRETS_REASONS).length));
});
