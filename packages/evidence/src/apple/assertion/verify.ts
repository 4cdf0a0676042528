/**
 * App Attest assertion, after Apple's "Validating apps that connect to your server" with the additions of iOS 27, both as
 * read on 2026-11-21. Step 6 (the challenge inside the client data) belongs to whoever made the client data.
 */
import { KeyObject } from 'node:crypto';
import { type CheckStep, ConfigError, type LaunchCategory } from '@assay/core';
import { type Appraisal, appraise, type Conclusion } from '../../shared/appraisal.ts';
import { assertAppIds } from '../app-ids.ts';
import { appFacts } from '../facts.ts';
import { keyOfPoint } from '../p256.ts';
import { appId } from './checks/app-id.ts';
import { counter } from './checks/counter.ts';
import { launch } from './checks/launch.ts';
import { object } from './checks/object.ts';
import { signature } from './checks/signature.ts';
import { type AssertionInput, type AssertionState, createState } from './state.ts';

/** Decoding first, then Apple's steps in Apple's order. */
export const ASSERTION_CHECKS: readonly CheckStep<AssertionState>[] = [object, signature, appId, counter, launch];

export interface Assertion {
  /** Store it in the transaction that admits the request. */
  readonly counter: number;
  readonly appId: string;
  readonly category: LaunchCategory | undefined;
  /** CFBundleVersion. */
  readonly bundleVersion: string | undefined;
}

/**
 * Verifies an assertion: the attested key of this app signed these client data, and did so after everything it signed
 * before. No clock is involved.
 *
 * @throws ConfigError `apple.app_ids_empty`, `apple.stored_key_unusable`, `apple.stored_counter_invalid`
 */
export function verifyAppAttestAssertion(input: AssertionInput): Appraisal<Assertion> {
  assertAppIds(input.appIds);
  assertCounter(input.storedCounter);
  const key = input.publicKey instanceof KeyObject ? input.publicKey : keyOfPoint(input.publicKey);
  return appraise(ASSERTION_CHECKS, createState(input, key), conclude);
}

function conclude(state: AssertionState): Conclusion<Assertion> {
  const { counter } = state.object.value.authenticatorData;
  const launch = state.launch.value;
  return { proven: { counter, appId: state.appId.value, ...launch }, facts: appFacts(state.appId.value, launch) };
}

/** NaN or a missing value would pass every comparison the wrong way round. */
function assertCounter(stored: number): void {
  if (Number.isInteger(stored) && stored >= 0 && stored <= 0xffffffff) return;
  throw new ConfigError('apple.stored_counter_invalid', 'the stored counter is no unsigned 32-bit number');
}
