/**
 * Play Integrity, standard and classic requests, after the documents named in `clauses.ts`.
 *
 * Left to the caller: the binding is its own and single use; for tokens that are opened at Google's endpoint, the call, its
 * quota, and that the answer came from Google. Left to the policy: recognition, licensing, labels, Play Protect, app access
 * risk, activity, recall bits.
 *
 * Left out, with reasons: the labels of `legacyDeviceRecognitionVerdict` are handed out and become no facts, since they mean
 * less than the labels of the same names.
 */
import type { Check, CheckStep, IntegrityLabel } from '@assay/core';
import { type Appraisal, appraiseWhere, type Conclusion } from '../shared/appraisal.ts';
import { age } from './checks/age.ts';
import { app } from './checks/app.ts';
import { binding } from './checks/binding.ts';
import { payload } from './checks/payload.ts';
import { requestPackage } from './checks/request-package.ts';
import { assertExpected } from './expected.ts';
import { labelsOf, playFacts } from './facts.ts';
import { OPENING } from './open.ts';
import { createState, type PlayIntegrityContext, type PlayIntegrityInput, type PlayIntegrityState } from './state.ts';

/** The envelope, then what the verdict says of the request, then of the app. */
export const PLAY_INTEGRITY_CHECKS: readonly CheckStep<PlayIntegrityState>[] = [
  ...OPENING,
  payload,
  requestPackage,
  binding,
  age,
  app,
];

/** What a verdict shows beyond its facts. */
export interface PlayVerdict {
  /** The package that requested the token. */
  readonly package: string;
  readonly versionCode: string | undefined;
  /** Epoch milliseconds by Google's clock. */
  readonly timestamp: number;
  readonly labels: readonly IntegrityLabel[];
  /** What the labels were before they needed hardware, while Play sends them. */
  readonly legacyLabels: readonly IntegrityLabel[];
  /** Who opened the token. */
  readonly openedBy: 'local' | 'google';
}

/**
 * Verifies a Play Integrity token, or the verdict that Google's endpoint made of one: Google Play says, just now and for
 * this request, what it knows of this app and this device.
 *
 * @example
 * const input = { token, binding: { kind: 'standard', requestHash }, apps: [{ package: 'com.example.bank' }] } as const;
 * const result = verifyPlayIntegrity(input, { at: clock.now(), keys });
 * if (result.outcome === 'verified') judge(result.facts);
 *
 * @throws ConfigError `play.apps_empty`, `play.signer_digest_malformed`, `play.binding_empty`, `play.keys_missing`,
 * `play.keys_malformed`
 */
export function verifyPlayIntegrity(input: PlayIntegrityInput, context: PlayIntegrityContext): Appraisal<PlayVerdict> {
  assertExpected(input.apps, input.binding);
  const state = createState(input, context);
  const applies = (step: Check) => input.token !== undefined || !OPENING.some(({ id }) => id === step.id);
  return appraiseWhere(PLAY_INTEGRITY_CHECKS, applies, state, conclude);
}

function conclude({ input, payload, app }: PlayIntegrityState): Conclusion<PlayVerdict> {
  const { requestDetails, appIntegrity, deviceIntegrity } = payload.value;
  const timestamp = requestDetails?.timestampMillis;
  if (timestamp === undefined) throw new Error('a verdict without a time passed');
  return {
    proven: {
      package: app.value.package,
      versionCode: appIntegrity?.versionCode?.toString(),
      timestamp,
      labels: labelsOf(deviceIntegrity?.deviceRecognitionVerdict),
      legacyLabels: labelsOf(deviceIntegrity?.legacyDeviceRecognitionVerdict),
      openedBy: input.token === undefined ? 'google' : 'local',
    },
    facts: playFacts(payload.value, app.value.package),
  };
}
