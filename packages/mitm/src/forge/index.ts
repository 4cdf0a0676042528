export { hostOf, isNamed } from './hosts.ts';
export { createLab, type Lab, type LabKeys, type LabOptions, type Pin } from './lab.ts';
export type { GoogleLogList } from './logs.ts';
export type { RootKeys } from './root.ts';
