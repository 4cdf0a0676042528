import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ConfigError } from '@assay/core';
import { ASSERTION_CHECKS, verifyAppAttestAssertion } from '../../../src/index.ts';
import { APP_ID, device, launchMap, mintAssertion, pointOf } from '../../support/mint-apple.ts';
import { asserting } from '../../support/run-apple.ts';

describe('verifyAppAttestAssertion', () => {
  it('proves counter and app', () => {
    const result = asserting()();
    assert.equal(result.outcome, 'verified');
    assert.deepEqual(result.proven, { counter: 6, appId: APP_ID, category: undefined, bundleVersion: undefined });
    assert.deepEqual(
      result.checks.map(({ check, outcome }) => [check, outcome]),
      ASSERTION_CHECKS.map(({ id }) => [id, 'passed']),
    );
  });

  it('takes the key as a point', () => {
    assert.equal(asserting({}, { publicKey: pointOf(device) })().outcome, 'verified');
  });

  for (const flags of [0x00, 0x40, 0xc0]) {
    it(`reads what remains, whatever the flags 0x${flags.toString(16)} say`, () => {
      const result = asserting({ flags, extensions: launchMap(Uint8Array.of(4, 0, 0, 0), '42') })();
      assert.equal(result.outcome, 'verified');
      assert.equal(result.proven.category, 'app_store');
      assert.equal(result.proven.bundleVersion, '42');
      assert.deepEqual(result.facts.app.category, { known: 'proven', value: 'app_store', by: 'apple-app-attest' });
    });
  }

  const misconfigured = [
    { name: 'no App ID', code: 'apple.app_ids_empty', input: { appIds: [] } },
    { name: 'a key of 64 bytes', code: 'apple.stored_key_unusable', input: { publicKey: new Uint8Array(64) } },
    {
      name: 'a point off the curve',
      code: 'apple.stored_key_unusable',
      input: { publicKey: Uint8Array.of(4, ...new Uint8Array(64).fill(1)) },
    },
    { name: 'a counter that is no number', code: 'apple.stored_counter_invalid', input: { storedCounter: Number.NaN } },
    { name: 'a counter below zero', code: 'apple.stored_counter_invalid', input: { storedCounter: -1 } },
  ];
  for (const { name, code, input } of misconfigured) {
    it(`${name} is the operator's fault: ${code}`, () => {
      assert.throws(
        () => verifyAppAttestAssertion({ ...mintAssertion(), ...input }),
        (error) => error instanceof ConfigError && error.code === code,
      );
    });
  }
});
