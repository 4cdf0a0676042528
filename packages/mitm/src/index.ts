export * from './case.ts';
export * from './observation.ts';
export * from './outcome.ts';
export * from './pin-service/index.ts';
export type { Profile } from './profile.ts';
export { MITM_REASONS, type MitmCode } from './reasons.ts';
export * from './recipe.ts';
export type { Exchange, ExchangeAnswer, Forged, Stage, StageAnswer, StageOrder } from './stage.ts';
