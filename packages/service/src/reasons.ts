import { defineReasons, type Reason } from '@assay/core';

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
  'service.evidence_not_accepted': {
    family: 'evidence',
    class: 'evidence',
    action: 'reenroll',
    summary: 'this combination of evidence does not serve this purpose',
    hint: 'nothing weaker than the format of the enrolment is accepted',
  },
  'service.instance_unknown': {
    family: 'evidence',
    class: 'device',
    action: 'reenroll',
    summary: 'the instance is not known',
    hint: 'expected after a reinstall or a lost database; else a probe',
  },
  'service.instance_revoked': {
    family: 'evidence',
    class: 'device',
    action: 'reenroll',
    summary: 'the instance is not active any more',
    hint: 'superseded by a rekey, revoked or banned by an operator',
  },
  'service.key_registered': {
    family: 'evidence',
    class: 'device',
    action: 'reenroll',
    summary: 'the attested key belongs to another instance already',
    hint: 'a key is registered once; a new instance key goes by rekey',
  },
  'service.counter_replayed': {
    family: 'evidence',
    class: 'evidence',
    action: 'retry',
    summary: 'the counter of the assertion was not above the stored one when it was to be committed',
    hint: 'two requests of one device crossed, or an assertion was replayed',
  },
  'service.rekey_unproven': {
    family: 'evidence',
    class: 'evidence',
    action: 'reenroll',
    summary: 'neither the old key nor the registered App Attest key consents to the new key',
    hint: 'send `cosign`, or an assertion of the registered key',
  },
  'service.key_unfit': {
    family: 'evidence',
    class: 'device',
    action: 'reenroll',
    summary: 'the attested key is not one that an instance may live by',
    hint: 'P-256, generated in place, able to sign and not to attest',
  },
  'service.environment_mismatch': {
    family: 'evidence',
    class: 'app',
    action: 'stop',
    summary: 'a development key came to a production environment',
    hint: "check the app's App Attest entitlement",
  },
  'service.challenge_used': {
    family: 'request',
    class: 'evidence',
    action: 'retry',
    summary: 'the challenge was redeemed by another request',
    hint: 'the app takes a new challenge; a burst is replayed traffic',
  },
  'service.pins_refused': {
    family: 'request',
    class: 'app',
    action: 'stop',
    summary: 'clients would refuse this pin set',
    hint: 'publish with the pins key of the newest root document and a higher version',
  },
  'service.root_refused': {
    family: 'request',
    class: 'app',
    action: 'stop',
    summary: 'clients would refuse this root document',
    hint: 'sign it with the root keys of the one before it',
  },
  'service.conflict': {
    family: 'request',
    class: 'app',
    action: 'retry',
    summary: 'somebody else changed this at the same time',
    hint: 'read it again and repeat the change',
  },
} as const satisfies Readonly<Record<string, Omit<Reason, 'code'>>>;

export type ServiceCode = keyof typeof ROWS;

export const SERVICE_REASONS: { readonly [K in ServiceCode]: Reason & { readonly code: K } } = defineReasons(ROWS);
