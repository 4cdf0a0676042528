export * from './battery.ts';
export * from './select.ts';
