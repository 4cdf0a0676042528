import type { CommandRow } from '../../command.ts';

/** Apps, APIs and the phones that a server knows. */
export const REGISTRY_ROWS: readonly CommandRow[] = [
  {
    name: 'app register',
    summary: 'register or change an app',
    load: async () => (await import('../app/register.ts')).appRegisterCommand,
  },
  {
    name: 'app rollout',
    summary: 'move an app to another stage of its roll-out, and say what that does',
    load: async () => (await import('../app/rollout.ts')).appRolloutCommand,
  },
  {
    name: 'app list',
    summary: 'list registered apps',
    load: async () => (await import('../app/list.ts')).appListCommand,
  },
  {
    name: 'app audit',
    summary: 'show the hardening facts of a built app beside its pinning',
    load: async () => (await import('../app/audit.ts')).appAuditCommand,
  },
  {
    name: 'api register',
    summary: 'register or change an API that accepts tokens',
    load: async () => (await import('../api/register.ts')).apiRegisterCommand,
  },
  {
    name: 'device show',
    summary: 'show the full trace behind a support code',
    load: async () => (await import('../device/show.ts')).deviceShowCommand,
  },
];
