import { defineReasons } from '@assay/core';

/** Reasons for which a file or a policy is not read. Findings of the linter are no reasons: they have rules of their own. */
export const PIN_CONFIGS_REASONS = defineReasons({
  'pin_configs.unreadable': {
    family: 'request',
    class: 'evidence',
    action: 'stop',
    summary: 'A file is not in its form.',
    hint: 'The message names line and column.',
  },
  'pin_configs.too_large': {
    family: 'request',
    class: 'evidence',
    action: 'stop',
    summary: 'A file is larger, deeper or has more parts than is read.',
    hint: 'Name the configuration itself instead of a folder of data.',
  },
});
