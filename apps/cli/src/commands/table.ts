import type { CommandRow } from '../command.ts';

/** Every command; the order is the order of the help. */
export const COMMANDS: readonly CommandRow[] = [
  {
    name: 'up',
    summary: 'start server, demo API and virtual phones for a first look',
    load: async () => (await import('./up.ts')).upCommand,
  },
  {
    name: 'evidence verify',
    summary: 'prove a piece of evidence, check by check, offline',
    load: async () => (await import('./evidence/verify.ts')).verifyCommand,
  },
  {
    name: 'evidence inspect',
    summary: 'show what a piece of evidence says, without trusting it',
    load: async () => (await import('./evidence/inspect.ts')).inspectCommand,
  },
  {
    name: 'conformance',
    summary: 'compare every verifier with a folder of vectors',
    load: async () => (await import('./conformance.ts')).conformanceCommand,
  },
];
