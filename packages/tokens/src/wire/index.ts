export type { EcJwk } from '@assay/formats/shape';
export * from '../reasons.ts';
export { bindingPreimage, bindingText, roleBindingPreimage } from './binding.ts';
export * from './challenge.ts';
export { type Container, EVIDENCE_LIMITS, type EvidencePiece, type WireEvidence } from './evidence.ts';
export { fromPoint, fromPointText, thumbprintPreimage, toPoint } from './jwk.ts';
export {
  ALG,
  type CompactJws,
  createKeyedJws,
  joinJws,
  keyedHeader,
  readKeyedHeader,
  type Sign,
  splitJws,
  TYPES,
  toSigningInput,
} from './jws.ts';
export * from './problems.ts';
export { createProof, PROOF_LIMITS, type ProofClaims, type ProofInput, toPath, toTarget } from './proof.ts';
export * from './purposes.ts';
export * from './reply.ts';
export * from './request.ts';
export * from './roles.ts';
export * from './statement.ts';
export * from './support-code.ts';
