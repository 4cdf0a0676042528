import { defineReasons } from '@assay/core';

const EVIDENCE = { family: 'evidence', class: 'evidence', action: 'retry' } as const;

/** Every reason code of the verifier of `web` evidence. */
export const WEB_REASONS = defineReasons({
  'web.captcha_failed': {
    ...EVIDENCE,
    summary: 'The provider of the captcha does not say that it was passed.',
    hint: 'Expected of robots, and of a page that sends one answer twice; if all pages meet it, compare site key and secret.',
  },
  'web.host_mismatch': {
    ...EVIDENCE,
    summary: 'The captcha was solved on a page of a host that is not registered.',
    hint: 'Register the host, or look for a page that shows your captcha to others.',
  },
  'web.stale': {
    ...EVIDENCE,
    summary: 'The captcha was solved too long ago, or at a time that nobody said.',
    hint: 'The page renders the captcha again; compare the clock of the server.',
  },
  'web.binding_mismatch': {
    ...EVIDENCE,
    summary: 'The captcha was solved for another statement.',
    hint: 'Hand the binding to the widget (`cData`) before it is rendered.',
  },
  'web.action_mismatch': {
    ...EVIDENCE,
    summary: 'The captcha was solved for another action.',
    hint: 'Compare the action of the widget with the registered one.',
  },
  'web.hosts_empty': {
    ...{ family: 'config', class: 'evidence', action: 'retry' },
    summary: 'No host is configured on which captchas may be solved.',
    hint: 'Register the hosts of the site.',
  },
});
