import type { Reason } from '@assay/core';

/** Codes of the exchanges with Google's App Check client, declared with those of the package. */
export const FACADE_ROWS = {
  'service.facade_unknown': {
    family: 'request',
    class: 'app',
    action: 'stop',
    summary: 'no app is registered with this project for the client of App Check',
    hint: 'register `appCheckFacade`, or compare the resource name that the app was built with',
  },
  'service.facade_api_unfit': {
    family: 'config',
    class: 'app',
    action: 'retry',
    summary: 'the API of `appCheckFacade` cannot be given bearer tokens',
    hint: 'register it with shape `at+jwt` and minimum `low`',
  },
  'service.artifact_unknown': {
    family: 'evidence',
    class: 'evidence',
    action: 'retry',
    summary: 'the artifact was not made here',
    hint: 'a client of another server, or a probe',
  },
  'service.facade_key_unknown': {
    family: 'evidence',
    class: 'device',
    action: 'retry',
    summary: 'an artifact names a key that has no row here',
    hint: 'a lost database or a probe: these clients never enrol again by themselves, so restore the rows',
  },
} as const satisfies Readonly<Record<string, Omit<Reason, 'code'>>>;
