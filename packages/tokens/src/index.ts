export * from './challenge.ts';
export * from './dpop/nonces.ts';
export * from './dpop/replay.ts';
export * from './dpop/verify.ts';
export * from './ec-keys.ts';
export { fromDerSignature, signEs256, toDerSignature, verifyEs256 } from './es256.ts';
export { createJwksSource, type JwksSourceOptions } from './keys/jwks-source.ts';
export { createFixedKeys, type KeySource, type PublishedKey } from './keys/key-source.ts';
export * from './keys/metadata.ts';
export * from './keys/ring.ts';
export * from './keys/rotation.ts';
export * from './reply.ts';
export * from './request.ts';
export * from './signing-key.ts';
export { ANNOTATION_LIMITS, type Annotations, fittingAnnotations } from './token/annotations.ts';
export {
  type AttestationClaims,
  type Confirmation,
  TOKEN_TYPES,
  type TokenClaims,
  type TokenType,
} from './token/claims.ts';
export * from './token/issue.ts';
export * from './token/loggable.ts';
export {
  createTokenOpener,
  type DecryptionKey,
  isSealed,
  type OpenToken,
  SEALED_CLAIMS_BYTES,
  sealToken,
} from './token/sealed.ts';
export { MAX_TOKEN_CHARACTERS, type VerifiedToken } from './token/signature.ts';
export * from './token/verify.ts';
export * from './wire/index.ts';
