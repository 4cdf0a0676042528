import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { AssayError } from '@assay/core';
import { concat } from '@assay/formats';
import fc from 'fast-check';
import { inspectKeyAttestation, verifyKeyAttestation } from '../../src/android-key/index.ts';
import { parseKeyDescription } from '../../src/android-key/key-description/index.ts';
import { describing, ISSUERS, mintDescription, mintKeyAttestation } from '../support/mint-android.ts';

const SEED = { seed: 20_261_121, numRuns: 400 };
const BASES = [ISSUERS.factory, ISSUERS.rkp, ISSUERS.software].map((issuers) => mintKeyAttestation({ issuers }));

/** Replaces a stretch of bytes by others. */
interface Splice {
  readonly at: number;
  readonly remove: number;
  readonly insert: Uint8Array;
}

const splices: fc.Arbitrary<Splice> = fc.record({
  at: fc.nat(1_000),
  remove: fc.nat(4),
  insert: fc.uint8Array({ maxLength: 4 }),
});

function spliced(bytes: Uint8Array, { at, remove, insert }: Splice): Uint8Array {
  const start = at % bytes.length;
  return concat(bytes.subarray(0, start), insert, bytes.subarray(start + remove));
}

/** Whatever happens must be a value or one of our own errors. */
function onlyTyped(run: () => unknown): void {
  try {
    run();
  } catch (error) {
    assert.ok(error instanceof AssayError, String(error));
  }
}

describe('mutated chains', () => {
  it('end in a typed refusal, never in an acceptance of other signed bytes', () => {
    fc.assert(
      fc.property(fc.constantFrom(...BASES), fc.nat(4), splices, ({ input, context }, index, splice) => {
        const chosen = index % input.chain.length;
        const chain = input.chain.map((der, at) => (at === chosen ? spliced(der, splice) : der));
        const appraisal = verifyKeyAttestation({ ...input, chain }, context);
        const isChanged = !Buffer.from(chain[chosen] ?? []).equals(input.chain[chosen] ?? Buffer.alloc(0));
        const isRoot = chosen === input.chain.length - 1;
        if (isChanged && !isRoot) assert.equal(appraisal.outcome, 'rejected');
        onlyTyped(() => inspectKeyAttestation(chain));
      }),
      SEED,
    );
  });

  it('end in a typed outcome when the signed statement itself is mutated', () => {
    fc.assert(
      fc.property(splices, (splice) => {
        const { input, context } = mintKeyAttestation({
          leafExtensions: [describing(spliced(mintDescription(), splice))],
        });
        assert.match(verifyKeyAttestation(input, context).outcome, /^(verified|rejected)$/);
      }),
      { ...SEED, numRuns: 200 },
    );
  });

  it('end in a typed outcome in any order and number', () => {
    const all = BASES.flatMap(({ input }) => input.chain);
    const context = mintKeyAttestation().context;
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...all), { maxLength: 8 }), (chain) => {
        verifyKeyAttestation({ chain, challenge: new Uint8Array(43) }, context);
        onlyTyped(() => inspectKeyAttestation(chain));
      }),
      SEED,
    );
  });
});

describe('parseKeyDescription', () => {
  it('reads or refuses any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => onlyTyped(() => parseKeyDescription(bytes))),
      SEED,
    );
  });
});
