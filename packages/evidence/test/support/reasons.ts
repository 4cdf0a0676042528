/** What every format's table of reasons must hold. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { type Check, joinReasons, type ReasonTable } from '@assay/core';
import { SHARED_REASONS } from '../../src/index.ts';

/** Tests that checks stop with known codes, and that the table holds exactly the codes that the folder spells. */
export function describeReasons(folder: string, prefix: string, reasons: ReasonTable, checks: readonly Check[]): void {
  const sources = join(import.meta.dirname, '../../src', folder);
  const spelled = new RegExp(`'(${prefix}\\.[a-z_]+)'`, 'g');

  function codesIn(file: string): readonly string[] {
    if (!file.endsWith('.ts') || file === 'reasons.ts') return [];
    return [...readFileSync(join(sources, file), 'utf8').matchAll(spelled)].map(([, code = '']) => code);
  }

  describe(`reasons of ${folder}`, () => {
    const registry = joinReasons([reasons, SHARED_REASONS]);
    it('hold every code that a check declares', () => {
      for (const { id, codes } of checks) for (const code of codes) assert.ok(registry.has(code), `${id}: ${code}`);
    });
    it('hold exactly the codes that the code spells', () => {
      const used = new Set(readdirSync(sources, { recursive: true, encoding: 'utf8' }).flatMap(codesIn));
      assert.deepEqual([...used].sort(), Object.keys(reasons).sort());
    });
  });
}
