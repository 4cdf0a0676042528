import { defineReasons } from '@assay/core';

const REQUEST = { family: 'request', class: 'evidence', action: 'retry' } as const;
const INNER = 'Shown as the inner cause of a malformed object; check that the app sends the object unchanged.';

/** Decoding faults that the formats share. A check reports them under a code of its own, with these as `found`. */
export const SHARED_REASONS = defineReasons({
  'evidence.too_large': { ...REQUEST, summary: 'The evidence is larger than its kind ever is.', hint: INNER },
  'evidence.member_unexpected': {
    ...REQUEST,
    summary: 'A member of the evidence is missing or of another type.',
    hint: INNER,
  },
  'evidence.too_short': { ...REQUEST, summary: 'The evidence ends before its fixed part does.', hint: INNER },
  'evidence.form_unsupported': {
    ...REQUEST,
    summary: 'The evidence uses an algorithm or a variant of its format that its vendor does not use.',
    hint: INNER,
  },
});
