import { defineReasons } from '@assay/core';

const operator = { family: 'request', class: 'app', action: 'stop' } as const;

/** Codes that the routes raise themselves; every one is about what a caller asked for. */
export const HTTP_REASONS = defineReasons({
  'http.issuer_unknown': {
    ...operator,
    summary: 'this server does not speak for that issuer',
    hint: 'compare tenant and environment with the configuration',
  },
  'http.id_mismatch': {
    ...operator,
    summary: 'the document bears another id than the path',
    hint: 'send it to the path of its own id',
  },
  'http.input_refused': {
    ...operator,
    summary: 'what was sent would be a faulty configuration',
    hint: 'mend what was found and send it again',
  },
  'http.credential_unknown': {
    ...operator,
    summary: 'no active credential has this id',
    hint: 'list the credentials',
  },
  'http.support_unknown': {
    ...operator,
    summary: 'nothing is stored under this support code',
    hint: 'only some rejections are kept; ask for the time and look at the counters',
  },
  'http.lookups_locked': {
    ...operator,
    summary: 'too many look-ups by this credential found nothing',
    hint: 'wait, or ask the holder of another credential; the audit log names the one that was locked out',
  },
  'http.instance_unknown': {
    ...operator,
    summary: 'no instance has this thumbprint',
    hint: 'take the thumbprint from an appraisal',
  },
  'http.evidence_unknown': {
    ...operator,
    summary: 'no evidence is kept for this appraisal',
    hint: 'set `retainEvidenceDays` of the app before the next one',
  },
  'http.request_malformed': {
    ...operator,
    summary: 'the request was refused before its route saw it',
    hint: 'compare the request with the OpenAPI document',
  },
  'http.request_too_large': {
    ...operator,
    summary: 'the body is larger than its route takes',
    hint: 'the SDK never sends this, so look for a proxy or a probe',
  },
});

export type HttpCode = keyof typeof HTTP_REASONS;
