import type { CommandRow } from '../../command.ts';

/** What a server goes by, and what it hands out. */
export const TRUST_ROWS: readonly CommandRow[] = [
  {
    name: 'trust show',
    summary: 'show whom a server believes, and how fresh that is',
    load: async () => (await import('../trust/show.ts')).trustShowCommand,
  },
  {
    name: 'advisories sign',
    summary: 'sign advisories about vulnerable builds',
    load: async () => (await import('../advisories/sign.ts')).advisoriesSignCommand,
  },
  {
    name: 'advisories publish',
    summary: 'put signed advisories to where servers look for them',
    load: async () => (await import('../advisories/publish.ts')).advisoriesPublishCommand,
  },
  {
    name: 'advisories show',
    summary: 'show the advisories of a signed file',
    load: async () => (await import('../advisories/show.ts')).advisoriesShowCommand,
  },
  {
    name: 'secrets set',
    summary: 'store a secret for genuine copies of an app',
    load: async () => (await import('../secrets/set.ts')).secretsSetCommand,
  },
];
