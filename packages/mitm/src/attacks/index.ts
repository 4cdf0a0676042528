export * from './attack.ts';
export { ATTACKS } from './attacks.ts';
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
