import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { AssayError } from '@assay/core';
import { toBase64url } from '@assay/formats';
import fc from 'fast-check';
import { inspectSysIntegrity, verifySysIntegrity } from '../../src/index.ts';
import { mintResult, mintSysIntegrity, RESULTS } from '../support/mint-huawei.ts';

const SEED = { seed: 20_261_121, numRuns: 300 };
const BASES = (['hms', 'harmony'] as const).map((flavour) => mintSysIntegrity({ flavour }));

function onlyTyped(run: () => unknown): void {
  try {
    run();
  } catch (error) {
    assert.ok(error instanceof AssayError, String(error));
  }
}

describe('mutated results', () => {
  it('are refused, whatever octet was changed', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...BASES),
        fc.nat(2),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        ({ input, context }, part, place, change) => {
          const parts = input.jws.split('.');
          const bytes = Buffer.from(parts[part] ?? '', 'base64url');
          const at = place % bytes.length;
          bytes[at] = (bytes[at] ?? 0) ^ change;
          const jws = parts.with(part, toBase64url(bytes)).join('.');
          assert.equal(verifySysIntegrity({ ...input, jws }, context).outcome, 'rejected');
          onlyTyped(() => inspectSysIntegrity(jws));
        },
      ),
      SEED,
    );
  });

  it('end in a typed outcome when the service itself says anything', () => {
    const [base] = BASES;
    assert.ok(base !== undefined);
    const text = JSON.stringify(RESULTS.hms);
    fc.assert(
      fc.property(
        fc.nat(text.length),
        fc.nat(4),
        fc.string({ maxLength: 3, unit: 'binary-ascii' }),
        (at, remove, insert) => {
          const jws = mintResult({ resultText: text.slice(0, at) + insert + text.slice(at + remove) });
          assert.match(verifySysIntegrity({ ...base.input, jws }, base.context).outcome, /^(verified|rejected)$/);
        },
      ),
      { ...SEED, numRuns: 150 },
    );
  });
});
