import type { CommandRow } from '../../command.ts';

/** What reads evidence and past decisions. */
export const EVIDENCE_ROWS: readonly CommandRow[] = [
  {
    name: 'evidence verify',
    summary: 'prove a piece of evidence, check by check, offline',
    load: async () => (await import('../evidence/verify.ts')).verifyCommand,
  },
  {
    name: 'evidence inspect',
    summary: 'show what a piece of evidence says, without trusting it',
    load: async () => (await import('../evidence/inspect.ts')).inspectCommand,
  },
  {
    name: 'evidence replay',
    summary: 'make a stored decision again, and compare',
    load: async () => (await import('../evidence/replay.ts')).replayCommand,
  },
];
