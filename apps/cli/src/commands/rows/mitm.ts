import type { CommandRow } from '../../command.ts';

/** The harness that stands between a client and its server. */
export const MITM_ROWS: readonly CommandRow[] = [
  {
    name: 'mitm run',
    summary: 'prove that a client refuses what it must, against every forged server',
    load: async () => (await import('../mitm/run.ts')).mitmRunCommand,
  },
  {
    name: 'mitm cases',
    summary: 'list or explain the cases of mitm run',
    load: async () => (await import('../mitm/cases.ts')).mitmCasesCommand,
  },
  {
    name: 'mitm proxy',
    summary: 'the same for an app on a phone, while a person uses it',
    load: async () => (await import('../mitm/proxy.ts')).mitmProxyCommand,
  },
  {
    name: 'mitm lab',
    summary: 'make an authority and keys of a harness that outlive a run',
    load: async () => (await import('../mitm/lab.ts')).mitmLabCommand,
  },
  {
    name: 'mitm attack',
    summary: 'try what an attacker can do once pinning is bypassed',
    load: async () => (await import('../mitm/attack.ts')).mitmAttackCommand,
  },
];
