/**
 * The documents that the checks follow. Key and ID Attestation: source.android.com/docs/security/features/keystore/attestation
 * (KeyDescription up to version 500, read 2026-11). Verifying: developer.android.com/privacy-and-security/security-key-attestation
 * (read 2026-11).
 */
const SCHEMA = 'Android: Key and ID Attestation';
const VERIFYING = 'Android: Verifying hardware-backed key pairs';

export const CLAUSE = {
  size: 'Assay: protocol, limits of a request',
  certificates: 'RFC 5280 4.1',
  placement: `${VERIFYING}, "Verify the attestation extension"`,
  schema: `${SCHEMA}, KeyDescription`,
  shape: `${VERIFYING}, certificate chains`,
  challenge: `${SCHEMA}, attestationChallenge`,
  app: `${SCHEMA}, AttestationApplicationId (tag 709)`,
  key: 'Assay: protocol, binding of android-key',
  anchor: `${VERIFYING}, root certificates`,
  path: 'RFC 5280 6.1, with the profile of the provisioning',
  revocation: `${VERIFYING}, certificate revocation status list`,
} as const;
