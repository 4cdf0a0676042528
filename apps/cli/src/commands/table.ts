import type { CommandRow } from '../command.ts';

/** Every command; the order is the order of the help. */
export const COMMANDS: readonly CommandRow[] = [
  {
    name: 'up',
    summary: 'start server, demo API and virtual phones for a first look',
    load: async () => (await import('./up.ts')).upCommand,
  },
  {
    name: 'serve',
    summary: 'run the server',
    load: async () => (await import('./serve.ts')).serveCommand,
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
    name: 'app register',
    summary: 'register or change an app',
    load: async () => (await import('./app/register.ts')).appRegisterCommand,
  },
  {
    name: 'app list',
    summary: 'list registered apps',
    load: async () => (await import('./app/list.ts')).appListCommand,
  },
  {
    name: 'app audit',
    summary: 'show the hardening facts of a built app beside its pinning',
    load: async () => (await import('./app/audit.ts')).appAuditCommand,
  },
  {
    name: 'api register',
    summary: 'register or change an API that accepts tokens',
    load: async () => (await import('./api/register.ts')).apiRegisterCommand,
  },
  {
    name: 'device show',
    summary: 'show the full trace behind a support code',
    load: async () => (await import('./device/show.ts')).deviceShowCommand,
  },
  {
    name: 'secrets set',
    summary: 'store a secret for genuine copies of an app',
    load: async () => (await import('./secrets/set.ts')).secretsSetCommand,
  },
  {
    name: 'pins get',
    summary: 'print the pins of a host, a chain, a request, a bundle or a key',
    load: async () => (await import('./pins/get.ts')).pinsGetCommand,
  },
  {
    name: 'pins advise',
    summary: 'say what to pin for a host, at which level, and what it costs',
    load: async () => (await import('./pins/advise.ts')).pinsAdviseCommand,
  },
  {
    name: 'pins check',
    summary: 'compare what apps pin with what their hosts serve now',
    load: async () => (await import('./pins/check.ts')).pinsCheckCommand,
  },
  {
    name: 'pins lint',
    summary: 'find what breaks apps or lets attackers in, in configurations and sources',
    load: async () => (await import('./pins/lint.ts')).pinsLintCommand,
  },
  {
    name: 'pins explain',
    summary: 'tell whether an app would connect to a host, and why',
    load: async () => (await import('./pins/explain.ts')).pinsExplainCommand,
  },
  {
    name: 'pins rules',
    summary: 'list and explain the rules of pins lint',
    load: async () => (await import('./pins/rules.ts')).pinsRulesCommand,
  },
  {
    name: 'pins write',
    summary: 'write the pinning configurations of every platform from one policy',
    load: async () => (await import('./pins/write.ts')).pinsWriteCommand,
  },
  {
    name: 'pins root',
    summary: 'make and sign the root document of an app',
    load: async () => (await import('./pins/root.ts')).pinsRootCommand,
  },
  {
    name: 'pins publish',
    summary: 'sign a pin set here and publish it',
    load: async () => (await import('./pins/publish.ts')).pinsPublishCommand,
  },
  {
    name: 'keys create',
    summary: 'make a key that signs root documents or pin sets',
    load: async () => (await import('./keys/create.ts')).keysCreateCommand,
  },
  {
    name: 'keys rewrap',
    summary: 'put everything sealed under the newest key-encryption key',
    load: async () => (await import('./keys/rewrap.ts')).keysRewrapCommand,
  },
  {
    name: 'db restored',
    summary: 'end every challenge that a restored database has forgotten',
    load: async () => (await import('./db/restored.ts')).dbRestoredCommand,
  },
  {
    name: 'audit verify',
    summary: 'check the hash chain of admin acts',
    load: async () => (await import('./audit/verify.ts')).auditVerifyCommand,
  },
  {
    name: 'conformance',
    summary: 'compare every verifier with a folder of vectors',
    load: async () => (await import('./conformance.ts')).conformanceCommand,
  },
];
