import type { CommandRow } from '../../command.ts';

/** Keys, the database and its records. */
export const UPKEEP_ROWS: readonly CommandRow[] = [
  {
    name: 'keys create',
    summary: 'make a key that signs root documents, pin sets or advisories',
    load: async () => (await import('../keys/create.ts')).keysCreateCommand,
  },
  {
    name: 'keys rewrap',
    summary: 'put everything sealed under the newest key-encryption key',
    load: async () => (await import('../keys/rewrap.ts')).keysRewrapCommand,
  },
  {
    name: 'db restored',
    summary: 'end every challenge that a restored database has forgotten',
    load: async () => (await import('../db/restored.ts')).dbRestoredCommand,
  },
  {
    name: 'audit verify',
    summary: 'check the hash chain of admin acts',
    load: async () => (await import('../audit/verify.ts')).auditVerifyCommand,
  },
  {
    name: 'conformance',
    summary: 'compare every verifier with a folder of vectors',
    load: async () => (await import('../conformance.ts')).conformanceCommand,
  },
];
