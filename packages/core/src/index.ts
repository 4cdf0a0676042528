export * from './checks.ts';
export * from './errors.ts';
export * from './facts.ts';
export { nearest, slipsBetween } from './nearest.ts';
export * from './ports/index.ts';
export * from './reasons.ts';
export * from './stages.ts';
export * from './verdict.ts';
