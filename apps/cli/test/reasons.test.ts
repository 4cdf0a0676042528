import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { AssayError } from '@assay/core';
import { exitCodeOf } from '../src/exit.ts';
import { CLI_REASONS, type CliCode, fault } from '../src/reasons.ts';

const SRC = join(import.meta.dirname, '../src');
const CODES = Object.keys(CLI_REASONS) as CliCode[];

it('registers every code that is raised, and raises every code that is registered', () => {
  const sources = globSync('**/*.ts', { cwd: SRC }).filter((file) => file !== 'reasons.ts');
  const text = sources.map((file) => readFileSync(join(SRC, file), 'utf8')).join('\n');
  const raised = new Set([...text.matchAll(/(?:fault\(|reasons: \[)\s*'(cli\.[a-z_]+)'/g)].map(([, code]) => code));
  assert.deepEqual([...raised].sort(), [...CODES].sort());
});

for (const code of CODES) {
  it(`${code} has a family with an exit code, a summary and a next step`, () => {
    const error = fault(code, { found: 'x' });
    assert.ok(error instanceof AssayError);
    assert.equal(error.family, CLI_REASONS[code].family);
    assert.ok([2, 3, 5].includes(exitCodeOf(error)));
    assert.ok(error.message.length > 0 && (error.detail.hint ?? '').length > 0);
    assert.equal(error.detail.found, 'x');
  });
}

it('has an exit code of its own for what is no coded error', () => {
  assert.equal(exitCodeOf(new TypeError('x')), 70);
});
