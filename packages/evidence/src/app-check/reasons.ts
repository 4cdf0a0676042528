import { defineReasons } from '@assay/core';

const EVIDENCE = { family: 'evidence', class: 'evidence', action: 'retry' } as const;
const APP = { family: 'evidence', class: 'app', action: 'stop' } as const;
const CONFIG = { family: 'config', class: 'evidence', action: 'retry' } as const;

const FORGED_HINT = 'Treat the token as forged; compare with the events of the same app and time.';

/** Every reason code of the verifier of Firebase App Check tokens. */
export const APP_CHECK_REASONS = defineReasons({
  'app_check.token_malformed': {
    ...{ family: 'request', class: 'evidence', action: 'retry' },
    summary: 'The token is not a compact JWS with the claims of App Check.',
    hint: 'Look at the inner code; check that the app sends the token of getToken() unchanged.',
  },
  'app_check.header_unexpected': {
    ...EVIDENCE,
    summary: 'The header of the token is not that of an App Check token: RS256, JWT, and the name of a key.',
    hint: FORGED_HINT,
  },
  'app_check.key_unknown': {
    ...EVIDENCE,
    summary: 'No key of the published set has the name that the token gives.',
    hint: 'Look at the age of the copy of the key set; else treat the token as forged.',
  },
  'app_check.signature_invalid': {
    ...EVIDENCE,
    summary: 'The signature does not hold under the published key.',
    hint: FORGED_HINT,
  },
  'app_check.issuer_mismatch': {
    ...APP,
    summary: 'The token was not issued by App Check for the registered project.',
    hint: 'Compare the project number of the app with that of its Firebase configuration.',
  },
  'app_check.audience_mismatch': {
    ...APP,
    summary: 'The registered project is not among the audiences of the token.',
    hint: 'Compare the project number of the app with that of its Firebase configuration.',
  },
  'app_check.expired': { ...EVIDENCE, summary: 'The token has expired.', hint: 'The app asks for a new one.' },
  'app_check.issued_in_future': {
    ...EVIDENCE,
    summary: 'The token was issued after the time of this verification.',
    hint: 'Check the clock of this server.',
  },
  'app_check.lifetime_implausible': {
    ...EVIDENCE,
    summary: 'The token lives longer than App Check lets a token live.',
    hint: FORGED_HINT,
  },
  'app_check.app_mismatch': {
    ...APP,
    summary: 'The token is for an app that is not registered.',
    hint: 'Register the Firebase app id (1:NUMBER:PLATFORM:HEX) of this build.',
  },
  'app_check.project_invalid': {
    ...CONFIG,
    summary: 'The configured project is not a project number.',
    hint: 'Take the number from the project settings of the Firebase console, not the id.',
  },
  'app_check.apps_empty': {
    ...CONFIG,
    summary: 'No Firebase app id is configured to compare tokens with.',
    hint: 'Register the Firebase app ids of the app.',
  },
  'app_check.keys_unusable': {
    ...CONFIG,
    summary: 'The set of keys holds none that could sign App Check tokens.',
    hint: 'Fetch https://firebaseappcheck.googleapis.com/v1/jwks again.',
  },
});
