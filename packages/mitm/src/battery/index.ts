export * from './battery.ts';
export * from './select.ts';
export { legendOf } from './template.ts';
