import type { Reason } from '@assay/core';

/** Codes about trust data, declared with those of the package. */
export const TRUST_ROWS = {
  'service.trust_unreachable': {
    family: 'upstream',
    class: 'evidence',
    action: 'retry',
    summary: 'trust data could not be fetched from where it is published',
    hint: 'the last good copy stays in force until it is too old; check the way to the network, see docs/trust-data.md',
  },
  'service.trust_malformed': {
    family: 'upstream',
    class: 'evidence',
    action: 'retry',
    summary: 'what was fetched is not the document that it should be',
    hint: 'the last good copy stays in force until it is too old; look at the document, see docs/trust-data.md',
  },
  'service.advisories_malformed': {
    family: 'request',
    class: 'app',
    action: 'stop',
    summary: 'the advisories are not written as they must be',
    hint: 'compare with docs/trust-data.md',
  },
  'service.advisories_unsigned': {
    family: 'request',
    class: 'app',
    action: 'stop',
    summary: 'the advisories are not signed by a configured key',
    hint: 'sign them with the key whose public half the server is given',
  },
  'service.advisories_rollback': {
    family: 'request',
    class: 'app',
    action: 'stop',
    summary: 'the advisories are older than those in force, or differ from them under one version',
    hint: 'raise the version, and sign again',
  },
  'service.advisories_expired': {
    family: 'request',
    class: 'app',
    action: 'stop',
    summary: 'the advisories have expired',
    hint: 'sign them again with a later end',
  },
} as const satisfies Readonly<Record<string, Omit<Reason, 'code'>>>;
