import { defineReasons, type Reason } from '@assay/core';

const CONFIG = { family: 'config', class: 'evidence', action: 'retry' } as const;

const ROWS = {
  'devices.fault_of_other_platform': {
    ...CONFIG,
    summary: 'The test phone is to have a fault that its platform cannot have.',
    hint: 'Choose a fault that lists the platform of the phone.',
  },
} as const;

/** Reason codes of `@assay/virtual-devices`. */
export const VIRTUAL_DEVICES_REASONS: Readonly<Record<keyof typeof ROWS, Reason>> = defineReasons(ROWS);
