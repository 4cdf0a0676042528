export { mergeThreats } from './merge.ts';
export { PROOFS, type ProofRow, type Registered } from './proofs.ts';
export { provenThreats } from './proven.ts';
export type { Quarantine, SignalScene } from './quarantine.ts';
export type { SignalProvider, SignalRow } from './row.ts';
export { SIGNAL_PROVIDERS, SIGNALS } from './table.ts';
export { type SignalContext, type SignalThreats, threatsOf } from './threats-of.ts';
export { weightOf } from './weights.ts';
