/** What a rule says of the app and its version. */
export const APP_ROWS = {
  'policy.app_unproven': {
    family: 'policy',
    class: 'app',
    action: 'stop',
    summary: 'No evidence proves which app this is.',
    hint: 'On Android the attestation names the app; look at the application id in the appraisal.',
  },
  'policy.environment_not_allowed': {
    family: 'policy',
    class: 'app',
    action: 'update_app',
    summary: 'The App Attest key was not made in an environment that the policy allows.',
    hint: 'Development builds belong to an issuer of kind development or staging.',
  },
  'policy.category_not_allowed': {
    family: 'policy',
    class: 'app',
    action: 'update_app',
    summary: 'The app was not launched from a channel that the policy allows.',
    hint: 'Compare the validation category in the appraisal with the list in the rule.',
  },
  'policy.app_too_old': {
    family: 'policy',
    class: 'version',
    action: 'update_app',
    summary: 'The app is older than the policy allows.',
    hint: 'Compare the version in the appraisal with the floor in the rule.',
  },
  'policy.app_unrecognized': {
    family: 'policy',
    class: 'app',
    action: 'update_app',
    summary: 'Google Play is not proven to know these bytes of the app.',
    hint: 'A new release is known after some hours; else look for repackaging.',
  },
  'policy.app_unlicensed': {
    family: 'policy',
    class: 'app',
    action: 'update_app',
    summary: 'The app is not proven to come from Google Play.',
    hint: 'Users of other stores are refused by this rule; decide whether they are to be served.',
  },
  'policy.advisory_in_force': {
    family: 'policy',
    class: 'version',
    action: 'update_app',
    summary: 'An advisory names this build of the app or of the system.',
    hint: 'Look up the advisory in the appraisal; it says which builds are good.',
  },
} as const;
