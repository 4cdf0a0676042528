export { type AnchorOrigin, type AnchorRecord, anchorOf, loadAnchor, type TrustAnchor } from './anchors.ts';
export { buildPath, type PathInput } from './build-path.ts';
export { type Certificate, type ParseOptions, parseCertificate } from './certificate.ts';
export { type Crl, parseCrl } from './crl.ts';
export * from './ct/index.ts';
export { spkiDigestOf } from './digests.ts';
export type {
  AccessDescription,
  AuthorityKeyIdentifier,
  BasicConstraints,
  Extension,
  Extensions,
  KeyUsage,
  NameConstraints,
} from './extensions/index.ts';
export type { GeneralName } from './general-names.ts';
export {
  type Curve,
  describeKey,
  type KeyHolder,
  type PublicKeyAlgorithm,
  parseKeyAlgorithm,
} from './key-info.ts';
export { publicKeyOf } from './keys.ts';
export { attributeValues, isSelfIssued, type Name, type NameAttribute, nameText, sameName } from './names.ts';
export * from './ocsp/index.ts';
export { matchName, type PeerName } from './peer-name.ts';
export { matchPins } from './pins.ts';
export type { ConformanceRule, KeyRule, Position, Profile, ValidityRule } from './profile.ts';
export {
  APPLE,
  GOOGLE_FACTORY,
  GOOGLE_RKP,
  GOOGLE_SOFTWARE,
  RFC5280_CLIENT,
  RFC5280_SERVER,
  WEB_PKI,
} from './profiles.ts';
export { X509_REASONS } from './reasons.ts';
export { createSignatureMemory, type SignatureMemory } from './signature-memory.ts';
export {
  ECDSA_SHA256,
  ECDSA_SHA384,
  ECDSA_SHA512,
  RSA_SHA256,
  RSA_SHA384,
  RSA_SHA512,
  SIGNATURE_ALGORITHMS,
  type SignatureAlgorithm,
  verifySignedBy,
} from './signatures.ts';
export type { AlgorithmIdentifier, Signed } from './signed.ts';
export { spkiDigest, spkiOf, spkiPin } from './spki-pin.ts';
export { ANDROID_TOLERANCES, type Tolerance } from './tolerances.ts';
export { type ChainInput, type ValidatedPath, validateChain } from './validate-chain.ts';
