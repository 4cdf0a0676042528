import { defineReasons, type Reason } from '@assay/core';
import { ADMIN_ROWS } from './admin/reasons.ts';
import { ATTEST_ROWS } from './attest/reasons.ts';
import { FACADE_ROWS } from './compat/app-check/reasons.ts';
import { TRUST_ROWS } from './trust/reasons.ts';
import { VENDOR_ROWS } from './vendors/reasons.ts';

/** Of configuration and registration; every other part of the package has its own beside it. */
const ROWS = {
  'service.issuer_invalid': {
    family: 'config',
    class: 'evidence',
    action: 'retry',
    summary: 'an issuer is not configured as it must be',
    hint: 'set the public origin and the environments, see docs/configuration.md',
  },
  'service.document_invalid': {
    family: 'config',
    class: 'evidence',
    action: 'retry',
    summary: 'a registered document is not valid any more',
    hint: 'register it again',
  },
  'service.policy_unknown': {
    family: 'config',
    class: 'evidence',
    action: 'retry',
    summary: 'the app names a policy that is neither built in nor registered',
    hint: 'register the policy, or name `strict` in the app',
  },
  'service.app_unknown': {
    family: 'request',
    class: 'app',
    action: 'stop',
    summary: 'the app is not registered with this issuer',
    hint: 'register it, or check which issuer the app was built for',
  },
  'service.platform_not_registered': {
    family: 'request',
    class: 'app',
    action: 'stop',
    summary: 'the app is not registered for this platform',
    hint: 'add `apple` or `android` to the app',
  },
  'service.audience_unknown': {
    family: 'request',
    class: 'app',
    action: 'stop',
    summary: 'the app asks for a token for an API that is not among its audiences',
    hint: 'add the audience to the app, and register the API',
  },
  'service.dev_not_allowed': {
    family: 'request',
    class: 'app',
    action: 'stop',
    summary: '`dev` evidence serves environments of kind development alone',
    hint: 'register the app without `dev`, or with an issuer of kind development',
  },
  'service.encryption_key_missing': {
    family: 'config',
    class: 'app',
    action: 'retry',
    summary: 'an API of an app with sealed refusals is registered without a key to seal to',
    hint: 'register the API with `encryptionKey`, or the app with `refusals: explicit`',
  },
  ...ATTEST_ROWS,
  ...ADMIN_ROWS,
  ...FACADE_ROWS,
  ...TRUST_ROWS,
  ...VENDOR_ROWS,
} as const satisfies Readonly<Record<string, Omit<Reason, 'code'>>>;

export type ServiceCode = keyof typeof ROWS;

export const SERVICE_REASONS: { readonly [K in ServiceCode]: Reason & { readonly code: K } } = defineReasons(ROWS);
