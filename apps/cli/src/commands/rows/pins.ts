import type { CommandRow } from '../../command.ts';

/** Pins. */
export const PINS_ROWS: readonly CommandRow[] = [
  {
    name: 'pins get',
    summary: 'print the pins of a host, a chain, a request, a bundle or a key',
    load: async () => (await import('../pins/get.ts')).pinsGetCommand,
  },
  {
    name: 'pins advise',
    summary: 'say what to pin for a host, at which level, and what it costs',
    load: async () => (await import('../pins/advise.ts')).pinsAdviseCommand,
  },
  {
    name: 'pins check',
    summary: 'compare what apps pin with what their hosts serve now',
    load: async () => (await import('../pins/check.ts')).pinsCheckCommand,
  },
  {
    name: 'pins lint',
    summary: 'find what breaks apps or lets attackers in, in configurations and sources',
    load: async () => (await import('../pins/lint.ts')).pinsLintCommand,
  },
  {
    name: 'pins explain',
    summary: 'tell whether an app would connect to a host, and why',
    load: async () => (await import('../pins/explain.ts')).pinsExplainCommand,
  },
  {
    name: 'pins rules',
    summary: 'list and explain the rules of pins lint',
    load: async () => (await import('../pins/rules.ts')).pinsRulesCommand,
  },
  {
    name: 'pins write',
    summary: 'write the pinning configurations of every platform from one policy',
    load: async () => (await import('../pins/write.ts')).pinsWriteCommand,
  },
  {
    name: 'pins root',
    summary: 'make and sign the root document of an app',
    load: async () => (await import('../pins/root.ts')).pinsRootCommand,
  },
  {
    name: 'pins publish',
    summary: 'sign a pin set here and publish it',
    load: async () => (await import('../pins/publish.ts')).pinsPublishCommand,
  },
];
