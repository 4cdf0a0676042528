import { der } from '@assay/formats';

/** Identifiers that certificates, staples and timestamps are written with. */
export const OID = {
  commonName: der.oid('2.5.4.3'),
  organization: der.oid('2.5.4.10'),

  subjectKeyIdentifier: der.oid('2.5.29.14'),
  keyUsage: der.oid('2.5.29.15'),
  subjectAltName: der.oid('2.5.29.17'),
  basicConstraints: der.oid('2.5.29.19'),
  nameConstraints: der.oid('2.5.29.30'),
  authorityKeyIdentifier: der.oid('2.5.29.35'),
  extKeyUsage: der.oid('2.5.29.37'),
  /** RFC 7633 4. */
  tlsFeature: der.oid('1.3.6.1.5.5.7.1.24'),
  /** RFC 6962 3.1 and 3.3. */
  poison: der.oid('1.3.6.1.4.1.11129.2.4.3'),
  timestamps: der.oid('1.3.6.1.4.1.11129.2.4.2'),
  /** Under the arc for examples (X.660, 2.999), which nobody will ever know. */
  unknownExtension: der.oid('2.999.1'),
  unknownCurve: der.oid('2.999.2'),

  any: der.oid('2.5.29.37.0'),
  serverAuth: der.oid('1.3.6.1.5.5.7.3.1'),
  clientAuth: der.oid('1.3.6.1.5.5.7.3.2'),
  codeSigning: der.oid('1.3.6.1.5.5.7.3.3'),
  ocspSigning: der.oid('1.3.6.1.5.5.7.3.9'),

  ocspBasic: der.oid('1.3.6.1.5.5.7.48.1.1'),
  sha1: der.oid('1.3.14.3.2.26'),

  ecPublicKey: der.oid('1.2.840.10045.2.1'),
  ecdsaSha1: der.oid('1.2.840.10045.4.1'),
  ecdsaSha256: der.oid('1.2.840.10045.4.3.2'),
  ecdsaSha384: der.oid('1.2.840.10045.4.3.3'),
  rsaMd5: der.oid('1.2.840.113549.1.1.4'),
  rsaSha1: der.oid('1.2.840.113549.1.1.5'),
  rsaSha256: der.oid('1.2.840.113549.1.1.11'),
  rsaSha384: der.oid('1.2.840.113549.1.1.12'),
  ed25519: der.oid('1.3.101.112'),
} as const;
