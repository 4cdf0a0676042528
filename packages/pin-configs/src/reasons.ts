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
  'pin_configs.policy_refused': {
    family: 'request',
    class: 'evidence',
    action: 'stop',
    summary: 'A pin policy is not in its form, or would lock an app out.',
    hint: 'The message says for every place what was expected; docs/pins-write.md has every member.',
  },
  'pin_configs.target_cannot': {
    family: 'request',
    class: 'evidence',
    action: 'stop',
    summary: 'A target cannot express the policy, and nothing weaker is written.',
    hint: 'Change the policy as the message says, or leave the target out; `assay pins write --list` shows what each can.',
  },
});
