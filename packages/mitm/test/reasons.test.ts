import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { AssayError, joinReasons } from '@assay/core';
import { MITM_REASONS, type MitmCode } from '@assay/mitm';
import { mitmFault } from '../src/reasons.ts';

const SOURCES = join(import.meta.dirname, '../src');
const CODES = Object.keys(MITM_REASONS) as MitmCode[]; // its keys are its type

/** Codes that the package's sources name, the table itself left out. */
function codesInSource(): string[] {
  const files = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' });
  const texts = files
    .filter((file) => file.endsWith('.ts') && !file.endsWith('reasons.ts'))
    .map((file) => readFileSync(join(SOURCES, file), 'utf8'));
  return [...new Set(texts.flatMap((text) => text.match(/(?<=')mitm\.[a-z_]+(?=')/g) ?? []))].toSorted();
}

describe('reason codes', () => {
  it('are exactly those that the sources raise', () => assert.deepEqual(codesInSource(), CODES.toSorted()));

  it('join a registry', () => assert.equal(joinReasons([MITM_REASONS]).size, CODES.length));

  for (const code of CODES) {
    it(`${code} has a family, a summary and a next step`, () => {
      const error = mitmFault(code, { found: 'x' });
      assert.ok(error instanceof AssayError);
      assert.deepEqual([error.code, error.family, error.detail.found], [code, MITM_REASONS[code].family, 'x']);
      assert.ok(error.message.length > 0 && (error.detail.hint ?? '').length > 0);
    });
  }
});
