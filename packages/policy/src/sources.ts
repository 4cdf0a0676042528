import type { FactPath } from './facts.ts';

/** Evidence formats that facts come from. `server`: this server's own records. `signals`: hints of the app. */
export const FACT_FORMATS = [
  'apple-app-attest',
  'android-key',
  'play-integrity',
  'huawei-sysintegrity',
  'harmony-sysintegrity',
  'firebase-app-check',
  'device-check',
  'web',
  'dev',
  'app',
  'signals',
  'server',
] as const;
export type FactFormat = (typeof FACT_FORMATS)[number];
export type FactSources = Readonly<Partial<Record<FactFormat, 'proven' | 'claimed'>>>;

export const SOURCES: Readonly<Partial<Record<FactPath, FactSources>>> = {};
