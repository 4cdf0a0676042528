import { defineReasons, type Reason } from '@assay/core';

const CONFIG = { family: 'config', class: 'app', action: 'retry' } as const;
const UPSTREAM = { family: 'upstream', class: 'evidence', action: 'retry' } as const;

const ROWS = {
  'client.options_invalid': {
    ...CONFIG,
    summary: 'An option of the client cannot be served.',
    hint: 'Repair the option that the message names.',
  },
  'client.audience_unknown': {
    ...CONFIG,
    summary: 'The address belongs to none of the APIs that the client was made for.',
    hint: 'Add the API to `audiences`, or call other addresses without the client.',
  },
  'client.authorization_taken': {
    ...CONFIG,
    summary: 'The request has an Authorization header already, and the token of this API goes there.',
    hint: "Have the API registered with the shape `attestation`, which leaves that header to the user's token.",
  },
  'client.secret_unknown': {
    ...CONFIG,
    summary: 'The secret is none that the client was made for.',
    hint: 'Add its name to `secrets`.',
  },
  'client.not_granted': {
    ...CONFIG,
    summary: 'The reply was good and held no such token or secret.',
    hint: 'Compare the assurance that the API or the secret asks for with the appraisal of the support code.',
  },
  'client.network_failed': {
    ...UPSTREAM,
    summary: 'The server could not be reached.',
    hint: 'The client sends the same bytes again later.',
  },
  'client.unsigned_answer': {
    ...UPSTREAM,
    summary: 'The answer is neither a signed reply nor a known problem.',
    hint: 'Look for a proxy or a captive portal; nothing was changed by the answer.',
  },
  'client.platform_failed': {
    ...UPSTREAM,
    summary: 'The platform could not make a key or its evidence.',
    hint: 'Expected on a locked phone or without a network; the key is kept.',
  },
  'client.signals_missing': {
    ...UPSTREAM,
    summary: 'A source of signals gave nothing in time, or something that fits into no statement.',
    hint: 'Look at the library of this provider; the server takes note of its silence.',
  },
  'client.platform_timeout': {
    ...UPSTREAM,
    summary: 'A call into the platform did not return in time.',
    hint: 'Ask again later; the key is kept. Slow phones can be given longer with `platformTimeoutMs`.',
  },
} as const;

export type ClientCode = keyof typeof ROWS;

/** Reason codes of `@assay/client`. */
export const CLIENT_REASONS: Readonly<Record<ClientCode, Reason>> = defineReasons(ROWS);
