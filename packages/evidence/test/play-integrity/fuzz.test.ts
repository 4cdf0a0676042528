import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { AssayError } from '@assay/core';
import { parseStrictJson, toBase64url } from '@assay/formats';
import fc from 'fast-check';
import { inspectPlayToken, verifyPlayIntegrity } from '../../src/index.ts';
import { mintPlayIntegrity, mintPlayToken, NOW, PLAY_KEYS, VERDICT } from '../support/mint-play.ts';

const SEED = { seed: 20_261_121, numRuns: 300 };
const { input, context } = mintPlayIntegrity();

function onlyTyped(run: () => unknown): void {
  try {
    run();
  } catch (error) {
    assert.ok(error instanceof AssayError, String(error));
  }
}

describe('mutated tokens', () => {
  it('are refused, whatever octet of the envelope was changed', () => {
    fc.assert(
      fc.property(fc.nat(4), fc.nat(), fc.integer({ min: 1, max: 255 }), (part, place, change) => {
        const parts = input.token.split('.');
        const bytes = Buffer.from(parts[part] ?? '', 'base64url');
        const at = place % bytes.length;
        bytes[at] = (bytes[at] ?? 0) ^ change;
        const token = parts.with(part, toBase64url(bytes)).join('.');
        assert.equal(verifyPlayIntegrity({ ...input, token }, context).outcome, 'rejected');
        onlyTyped(() => inspectPlayToken(token, PLAY_KEYS));
      }),
      SEED,
    );
  });

  it('are refused, whatever character was changed', () => {
    fc.assert(
      fc.property(fc.nat(input.token.length - 1), fc.string({ maxLength: 2 }), (at, insert) => {
        const token = input.token.slice(0, at) + insert + input.token.slice(at + 1);
        const { outcome } = verifyPlayIntegrity({ ...input, token }, context);
        assert.equal(outcome, token === input.token ? 'verified' : 'rejected');
      }),
      SEED,
    );
  });

  it('end in a typed outcome when Play itself says anything', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 4 }), (verdictText) => {
        const token = mintPlayToken({ verdictText: Buffer.from(verdictText).toString('latin1') });
        assert.equal(verifyPlayIntegrity({ ...input, token }, context).outcome, 'rejected');
      }),
      { ...SEED, numRuns: 100 },
    );
  });
});

describe('decoded verdicts', () => {
  const text = JSON.stringify(VERDICT);

  it('end in a typed outcome after a splice', () => {
    fc.assert(
      fc.property(fc.nat(text.length), fc.nat(4), fc.string({ maxLength: 3 }), (at, remove, insert) => {
        onlyTyped(() => {
          const payload = parseStrictJson(text.slice(0, at) + insert + text.slice(at + remove));
          const { binding, apps } = input;
          assert.match(verifyPlayIntegrity({ payload, binding, apps }, { at: NOW }).outcome, /^(verified|rejected)$/);
        });
      }),
      { ...SEED, numRuns: 1000 },
    );
  });
});
