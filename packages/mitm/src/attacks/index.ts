export * from './attack.ts';
export { ATTACKS } from './attacks.ts';
export { NEEDS, type Need } from './needs.ts';
export { toDocument } from './report/document.ts';
export { OUTCOME_WORDS, summaryOf, toHtml } from './report/html.ts';
export { isControlled, toJunit } from './report/junit.ts';
export { type Residue, residueOf, type Seen } from './residue.ts';
export {
  ATTACK_OUTCOMES,
  type AttackOutcome,
  type AttackReport,
  type AttackResult,
  type AttackRun,
  runAttacks,
} from './run.ts';
export type * from './scene.ts';
export type { Captured, HeaderList, WireAnswer, WireRequest } from './wire.ts';
