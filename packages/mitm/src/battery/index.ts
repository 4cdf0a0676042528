export * from './battery.ts';
export type { Change, Setting } from './grammar.ts';
export * from './select.ts';
