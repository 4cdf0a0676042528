import { defineReasons, type Reason } from '@assay/core';
import { APP_ROWS } from './reason-rows/app.ts';
import { DEVICE_ROWS } from './reason-rows/device.ts';
import { EVIDENCE_ROWS } from './reason-rows/evidence.ts';

/** What is wrong with a policy itself. */
const FAULT_ROWS = {
  'policy.document_invalid': {
    family: 'config',
    class: 'evidence',
    action: 'retry',
    summary: 'The policy document is not one that can be evaluated.',
    hint: 'Repair the places that the message names by line and column.',
  },
  'policy.evaluation_failed': {
    family: 'config',
    class: 'evidence',
    action: 'retry',
    summary: 'An expression of the policy cannot be evaluated on the facts of this appraisal.',
    hint: 'The message names the expression; guard its arithmetic, or replay the appraisal with the repaired policy.',
  },
} as const;

const ROWS = { ...FAULT_ROWS, ...DEVICE_ROWS, ...APP_ROWS, ...EVIDENCE_ROWS } as const;

export type PolicyCode = keyof typeof ROWS;

/** Reason codes of `@assay/policy`. */
export const POLICY_REASONS: Readonly<Record<PolicyCode, Reason>> = defineReasons(ROWS);
