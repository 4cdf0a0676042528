import { BASELINE_RULES, RFC5280_RULES } from './checks/conformance-rules.ts';
import { OID } from './oids.ts';
import type { KeyRule, Profile } from './profile.ts';
import { ECDSA_SHA256, ECDSA_SHA384, ECDSA_SHA512, RSA_SHA256, RSA_SHA384, RSA_SHA512 } from './signatures.ts';

const WEB_KEYS: readonly KeyRule[] = [
  { kind: 'ec', curves: ['P-256', 'P-384', 'P-521'] },
  { kind: 'rsa', minBits: 2048, maxBits: 8192, minExponent: 3n },
];

/** Servers on the public web: RFC 5280 as the CA/B Forum Baseline Requirements (2.1) narrow it. */
export const WEB_PKI: Profile = {
  id: 'web-pki',
  signatures: [ECDSA_SHA256, ECDSA_SHA384, ECDSA_SHA512, RSA_SHA256, RSA_SHA384, RSA_SHA512],
  keys: { issuers: WEB_KEYS, leaf: WEB_KEYS },
  validity: { leaf: 'enforced', issuers: 'enforced', anchor: 'enforced' },
  authorities: 'every_issuer',
  maxIntermediates: 8,
  purpose: OID.serverAuth,
  peerName: 'required',
  conformance: BASELINE_RULES,
};

/** TLS servers of private authorities: RFC 5280 alone. Algorithms and keys as on the public web. */
export const RFC5280_SERVER: Profile = { ...WEB_PKI, id: 'rfc5280-server', conformance: RFC5280_RULES };

/** TLS clients of private authorities. */
export const RFC5280_CLIENT: Profile = {
  ...RFC5280_SERVER,
  id: 'rfc5280-client',
  purpose: OID.clientAuth,
  peerName: 'optional',
};

const APPLE_KEYS: readonly KeyRule[] = [{ kind: 'ec', curves: ['P-256', 'P-384'] }];

/** Apple App Attest attestations and receipts: P-256 and P-384 only, every date enforced. */
export const APPLE: Profile = {
  id: 'apple',
  signatures: [ECDSA_SHA256, ECDSA_SHA384],
  keys: { issuers: APPLE_KEYS, leaf: APPLE_KEYS },
  validity: { leaf: 'enforced', issuers: 'enforced', anchor: 'enforced' },
  authorities: 'every_issuer',
  maxIntermediates: 2,
  purpose: undefined,
  peerName: 'optional',
  conformance: [],
};

const GOOGLE_KEYS: readonly KeyRule[] = [
  { kind: 'ec', curves: ['P-256', 'P-384'] },
  { kind: 'rsa', minBits: 2048, maxBits: 4096, minExponent: 65537n },
];

/**
 * Android key attestation with factory-installed keys. Devices keep sending certificates that expired, so ends are ignored;
 * the leaf's dates are the app's to choose; genuine attestation certificates have cA=FALSE (Sony Xperia 10 III), so the
 * leaf's issuer need not be an authority. What that opens, a leaf signed by an attested app key, the evidence verifier
 * closes: only certificate 0 may carry a KeyDescription.
 */
export const GOOGLE_FACTORY: Profile = {
  id: 'google-factory',
  signatures: [ECDSA_SHA256, ECDSA_SHA384, RSA_SHA256],
  keys: { issuers: GOOGLE_KEYS, leaf: 'any' },
  validity: { leaf: 'ignored', issuers: 'not_before_only', anchor: 'ignored' },
  authorities: 'every_issuer_but_the_first',
  maxIntermediates: 4,
  purpose: undefined,
  peerName: 'optional',
  conformance: [],
};

/** Android key attestation with remotely provisioned keys: short-lived issuers, both dates enforced. */
export const GOOGLE_RKP: Profile = {
  ...GOOGLE_FACTORY,
  id: 'google-rkp',
  validity: { leaf: 'ignored', issuers: 'enforced', anchor: 'ignored' },
};

/**
 * The software attestation of emulators and of phones without a secure environment; old ones use RSA-1024. Its private keys
 * are published: a path under it proves nothing, and is validated only so that it can be told from a forged one.
 */
export const GOOGLE_SOFTWARE: Profile = {
  ...GOOGLE_FACTORY,
  id: 'google-software',
  keys: {
    ...GOOGLE_FACTORY.keys,
    issuers: [...GOOGLE_KEYS, { kind: 'rsa', minBits: 1024, maxBits: 1024, minExponent: 65537n }],
  },
};
