import type { CommandRow } from '../../command.ts';

/** What starts a server. */
export const SERVER_ROWS: readonly CommandRow[] = [
  {
    name: 'up',
    summary: 'start server, demo API and virtual phones for a first look',
    load: async () => (await import('../up.ts')).upCommand,
  },
  {
    name: 'serve',
    summary: 'run the server',
    load: async () => (await import('../serve.ts')).serveCommand,
  },
];
