import type { CommandRow } from '../../command.ts';

/** Who is kept out, who is let in, and who may say so. */
export const ACCESS_ROWS: readonly CommandRow[] = [
  {
    name: 'ban add',
    summary: 'ban an install, a signer, a model or a network',
    load: async () => (await import('../ban/add.ts')).banAddCommand,
  },
  {
    name: 'ban list',
    summary: 'list bans',
    load: async () => (await import('../ban/list.ts')).banListCommand,
  },
  {
    name: 'ban remove',
    summary: 'end a ban',
    load: async () => (await import('../ban/remove.ts')).banRemoveCommand,
  },
  {
    name: 'pass add',
    summary: 'let an install through that the policy refuses',
    load: async () => (await import('../pass/add.ts')).passAddCommand,
  },
  {
    name: 'pass list',
    summary: 'list passes',
    load: async () => (await import('../pass/list.ts')).passListCommand,
  },
  {
    name: 'pass remove',
    summary: 'end a pass',
    load: async () => (await import('../pass/remove.ts')).passRemoveCommand,
  },
  {
    name: 'dev grant',
    summary: 'let simulators and CI enrol, counted and for a while',
    load: async () => (await import('../dev/grant.ts')).devGrantCommand,
  },
  {
    name: 'dev grants',
    summary: 'list grants for simulators and CI',
    load: async () => (await import('../dev/grants.ts')).devGrantsCommand,
  },
  {
    name: 'dev revoke',
    summary: 'end a grant for simulators and CI',
    load: async () => (await import('../dev/revoke.ts')).devRevokeCommand,
  },
  {
    name: 'credential add',
    summary: 'make a credential for a person or a job, into a file',
    load: async () => (await import('../credential/add.ts')).credentialAddCommand,
  },
  {
    name: 'credential list',
    summary: 'list operator credentials',
    load: async () => (await import('../credential/list.ts')).credentialListCommand,
  },
  {
    name: 'credential revoke',
    summary: 'end an operator credential',
    load: async () => (await import('../credential/revoke.ts')).credentialRevokeCommand,
  },
];
