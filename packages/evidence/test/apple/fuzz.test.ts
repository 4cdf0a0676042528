import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { AssayError } from '@assay/core';
import fc from 'fast-check';
import {
  type Appraisal,
  inspectAppAttest,
  inspectAssertion,
  inspectReceipt,
  verifyAppAttestAssertion,
  verifyAppAttestAttestation,
  verifyAppAttestReceipt,
} from '../../src/index.ts';
import { launchMap, mintAssertion, mintAttestation } from '../support/mint-apple.ts';
import { mintReceipt } from '../support/mint-receipt.ts';

const attestation = mintAttestation({ extensions: launchMap(Uint8Array.of(4, 0, 0, 0), '1') });
const assertion = mintAssertion({ extensions: launchMap(4, '1') });
const receipt = mintReceipt();

interface Target {
  readonly name: string;
  readonly valid: Uint8Array;
  readonly verify: (bytes: Uint8Array) => Appraisal<unknown>;
  readonly inspect: (bytes: Uint8Array) => unknown;
}

const TARGETS: readonly Target[] = [
  {
    name: 'attestation',
    valid: attestation.input.attestationObject,
    verify: (bytes) =>
      verifyAppAttestAttestation({ ...attestation.input, attestationObject: bytes }, attestation.context),
    inspect: inspectAppAttest,
  },
  {
    name: 'assertion',
    valid: assertion.assertionObject,
    verify: (bytes) => verifyAppAttestAssertion({ ...assertion, assertionObject: bytes }),
    inspect: inspectAssertion,
  },
  {
    name: 'receipt',
    valid: receipt.input.receipt,
    verify: (bytes) => verifyAppAttestReceipt({ ...receipt.input, receipt: bytes }, receipt.context),
    inspect: inspectReceipt,
  },
];

/** The valid bytes with up to three octets changed, and perhaps an end cut off. */
const damaged = (valid: Uint8Array) =>
  fc
    .record({
      cut: fc.option(fc.nat(valid.length), { nil: valid.length, freq: 4 }),
      edits: fc.array(fc.tuple(fc.nat(valid.length - 1), fc.nat(255)), { maxLength: 3 }),
    })
    .map(({ cut, edits }) => {
      const bytes = Uint8Array.from(valid);
      for (const [at, octet] of edits) bytes[at] = octet;
      return bytes.subarray(0, cut);
    });

const RUNS = { numRuns: 300, seed: 20261121 } as const;

describe('hostile App Attest bytes', () => {
  for (const { name, valid, verify, inspect } of TARGETS) {
    it(`${name}: damage ends in a typed outcome`, () => {
      fc.assert(
        fc.property(damaged(valid), (bytes) => {
          const result = verify(bytes);
          if (result.outcome === 'verified') return;
          assert.ok(result.error.family === 'evidence' || result.error.family === 'request');
        }),
        RUNS,
      );
    });

    it(`${name}: any bytes are refused`, () => {
      fc.assert(
        fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => assert.equal(verify(bytes).outcome, 'rejected')),
        RUNS,
      );
    });

    it(`${name}: inspection only throws typed errors`, () => {
      fc.assert(
        fc.property(damaged(valid), (bytes) => {
          try {
            inspect(bytes);
          } catch (error) {
            assert.ok(error instanceof AssayError);
          }
        }),
        RUNS,
      );
    });
  }
});
