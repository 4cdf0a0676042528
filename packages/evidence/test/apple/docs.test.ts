import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { Check } from '@assay/core';
import { describeVectors } from '../../../../tools/vectors.ts';
import { ASSERTION_CHECKS, ATTESTATION_CHECKS, RECEIPT_CHECKS } from '../../src/index.ts';
import { derivedCases, type RefusedCase, syntheticCases } from '../support/apple-vectors.ts';

const PACKAGE = join(import.meta.dirname, '../..');
const DOC = readFileSync(join(PACKAGE, '../../docs/verification/apple-app-attest.md'), 'utf8');
const CHECKS: readonly Check[] = [...ATTESTATION_CHECKS, ...ASSERTION_CHECKS, ...RECEIPT_CHECKS];

interface Row {
  readonly clause: string;
  readonly check: string;
  readonly name: string;
  readonly file: string;
  readonly proves: string;
  readonly codes: readonly string[];
  readonly labels: readonly string[];
}

const code = (cell = ''): readonly string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, text = '']) => text);

function readRow(line: string): Row {
  const [, clause = '', check, name, file, proves = '', codes, labels] = line.split('|').map((cell) => cell.trim());
  const [id = '', fn = '', path = ''] = [...code(check), ...code(name), ...code(file)];
  return { clause, check: id, name: fn, file: path, proves, codes: code(codes), labels: code(labels) };
}

const ROWS = DOC.split('\n')
  .filter((line) => line.includes('/checks/'))
  .map(readRow);

describe('documentation of App Attest', () => {
  it('lists the checks in the order in which they run', () => {
    assert.deepEqual(
      ROWS.map(({ check }) => check),
      CHECKS.map(({ id }) => id),
    );
  });

  for (const [index, check] of CHECKS.entries()) {
    it(`says of ${check.id} what the code says`, async () => {
      const row = ROWS[index];
      assert.ok(row);
      assert.equal(row.clause, check.clause);
      assert.equal(row.proves, check.proves);
      assert.deepEqual(row.codes, codesOf(check));
      const module = await import(pathToFileURL(join(PACKAGE, 'src/apple', row.file)).href);
      assert.equal(module[row.name], check);
      assert.ok(existsSync(join(PACKAGE, 'test/apple', row.file.replace(/\.ts$/, '.test.ts'))));
    });
  }
});

/** Codes of path validation are one entry. */
function codesOf(check: Check): readonly string[] {
  return [...new Set(check.codes.map((each) => (each.startsWith('x509.') ? 'x509.*' : each)))];
}

describeVectors('documentation of App Attest against the vectors', (dir) => {
  const cases = [...derivedCases(dir), ...syntheticCases(dir)];
  const refused = cases.filter(({ label, vector }) => label.startsWith('derived') || vector.expected !== 'accept');

  it('names every refused case once, and none that does not exist', () => {
    const named = code(DOC).filter((text) => /^(derived|synthetic) (attestation|assertion): /.test(text));
    assert.deepEqual([...named].sort(), [...new Set(refused.map(({ label }) => label))].sort());
  });

  for (const refusedCase of refused) {
    it(`${refusedCase.name} stops where the table says`, () => stopsWhereDocumented(refusedCase));
  }
});

function stopsWhereDocumented({ label, run }: RefusedCase): void {
  const result = run();
  const row = ROWS.find(({ labels }) => labels.includes(label));
  if (row === undefined) {
    assert.equal(result.outcome, 'verified', 'a case outside the tables of checks is one for the policy');
    return;
  }
  const stopped = result.checks.find(({ outcome }) => outcome === 'failed');
  assert.equal(stopped?.check, row.check);
}
