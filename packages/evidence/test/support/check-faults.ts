import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Check } from '@assay/core';
import type { Appraisal } from '../../src/index.ts';

/** One point of difference from a valid case, and the code that it must stop with. */
export interface Fault {
  readonly name: string;
  readonly code: string;
  readonly run: () => Appraisal<unknown>;
}

/**
 * Proves of one check: every fault stops at this very check with its code, and every code that belongs to the format
 * itself has a fault. Codes of the certificate layer have their tests there; a few stand for all here.
 */
export function testFaults(check: Check, faults: readonly Fault[]): void {
  for (const { name, code, run } of faults) {
    it(`${name}: ${code}`, () => assertStopsAt(check, code, run()));
  }
  it('has a fault for each of its own codes', () => {
    const own = check.codes.filter((code) => !code.startsWith('x509.'));
    assert.deepEqual(
      [...new Set(faults.map(({ code }) => code))].filter((code) => own.includes(code)).sort(),
      [...own].sort(),
    );
  });
}

function assertStopsAt(check: Check, code: string, appraisal: Appraisal<unknown>): void {
  assert.equal(appraisal.outcome, 'rejected');
  const stopped = appraisal.checks.find(({ outcome }) => outcome === 'failed');
  assert.equal(stopped?.code, code);
  assert.equal(stopped?.check, check.id);
}
