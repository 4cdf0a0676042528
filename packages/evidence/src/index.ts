export * from './android-key/index.ts';
export * from './apple/index.ts';
export * from './huawei/index.ts';
export * from './play-integrity/index.ts';
export type { CustomProven, EvidenceFormat, FormatVector, PieceContext } from './port/format.ts';
export type { Appraisal } from './shared/appraisal.ts';
export { type ChainMemory, createChainMemory } from './shared/chain-memory.ts';
export { SHARED_REASONS } from './shared/reasons.ts';
