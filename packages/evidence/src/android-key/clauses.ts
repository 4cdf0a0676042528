/**
 * The documents that the checks follow, as read in November 2026: "Key and ID attestation" (source.android.com/docs/security/
 * features/keystore/attestation), KeyDescription up to version 500; "Verify hardware-backed key pairs with key attestation"
 * (developer.android.com/privacy-and-security/security-key-attestation).
 */
const SCHEMA = 'Android, Key and ID attestation';
const VERIFYING = 'Android, Verify hardware-backed key pairs';

export const CLAUSE = {
  size: 'Assay protocol, limits of evidence',
  certificates: 'RFC 5280 4.1',
  placement: `${VERIFYING}, Retrieve and verify a hardware-backed key pair`,
  schema: `${SCHEMA}, KeyDescription`,
  shape: `${VERIFYING}, Retrieve and verify a hardware-backed key pair`,
  challenge: `${SCHEMA}, attestationChallenge`,
  app: `${SCHEMA}, AttestationApplicationId (tag 709)`,
  key: 'Assay protocol, binding of android-key',
  anchor: `${VERIFYING}, Root certificates`,
  path: 'RFC 5280 6.1, with the profile of the provisioning',
  revocation: `${VERIFYING}, Certificate revocation status list`,
  encodings: 'Assay protocol, evidence encodings',
} as const;
