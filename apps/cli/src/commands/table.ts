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
    name: 'evidence replay',
    summary: 'make a stored decision again, and compare',
    load: async () => (await import('./evidence/replay.ts')).replayCommand,
  },
  {
    name: 'app register',
    summary: 'register or change an app',
    load: async () => (await import('./app/register.ts')).appRegisterCommand,
  },
  {
    name: 'app rollout',
    summary: 'move an app to another stage of its roll-out, and say what that does',
    load: async () => (await import('./app/rollout.ts')).appRolloutCommand,
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
    name: 'policy presets',
    summary: 'list the policies that come with assay, or print one',
    load: async () => (await import('./policy/presets.ts')).policyPresetsCommand,
  },
  {
    name: 'policy test',
    summary: 'run the examples of a policy, and find rules that never fire',
    load: async () => (await import('./policy/test.ts')).policyTestCommand,
  },
  {
    name: 'policy simulate',
    summary: 'say what a policy would have done to past appraisals',
    load: async () => (await import('./policy/simulate.ts')).policySimulateCommand,
  },
  {
    name: 'policy diff',
    summary: 'compare two policies, and say whether the second is laxer',
    load: async () => (await import('./policy/diff.ts')).policyDiffCommand,
  },
  {
    name: 'policy show',
    summary: 'show policies, where they judge, and what is switched off',
    load: async () => (await import('./policy/show.ts')).policyShowCommand,
  },
  {
    name: 'policy apply',
    summary: 'put a policy into force, and say what that does',
    load: async () => (await import('./policy/apply.ts')).policyApplyCommand,
  },
  {
    name: 'policy history',
    summary: 'list the versions of a policy',
    load: async () => (await import('./policy/history.ts')).policyHistoryCommand,
  },
  {
    name: 'policy rollback',
    summary: 'return to an older version of a policy',
    load: async () => (await import('./policy/rollback.ts')).policyRollbackCommand,
  },
  {
    name: 'policy approve',
    summary: 'put a change that waits for a second person into force',
    load: async () => (await import('./policy/approve.ts')).policyApproveCommand,
  },
  {
    name: 'policy withdraw',
    summary: 'take a change that waits for a second person back',
    load: async () => (await import('./policy/withdraw.ts')).policyWithdrawCommand,
  },
  {
    name: 'policy assign',
    summary: 'let another policy judge one install',
    load: async () => (await import('./policy/assign.ts')).policyAssignCommand,
  },
  {
    name: 'policy unassign',
    summary: 'let the policy of its app judge an install again',
    load: async () => (await import('./policy/unassign.ts')).policyUnassignCommand,
  },
  {
    name: 'enforce off',
    summary: "let an app's policy rest for a while",
    load: async () => (await import('./enforce/off.ts')).enforceOffCommand,
  },
  {
    name: 'enforce on',
    summary: "end the rest of an app's policy",
    load: async () => (await import('./enforce/on.ts')).enforceOnCommand,
  },
  {
    name: 'ban add',
    summary: 'ban an install, a signer, a model or a network',
    load: async () => (await import('./ban/add.ts')).banAddCommand,
  },
  {
    name: 'ban list',
    summary: 'list bans',
    load: async () => (await import('./ban/list.ts')).banListCommand,
  },
  {
    name: 'ban remove',
    summary: 'end a ban',
    load: async () => (await import('./ban/remove.ts')).banRemoveCommand,
  },
  {
    name: 'pass add',
    summary: 'let an install through that the policy refuses',
    load: async () => (await import('./pass/add.ts')).passAddCommand,
  },
  {
    name: 'pass list',
    summary: 'list passes',
    load: async () => (await import('./pass/list.ts')).passListCommand,
  },
  {
    name: 'pass remove',
    summary: 'end a pass',
    load: async () => (await import('./pass/remove.ts')).passRemoveCommand,
  },
  {
    name: 'dev grant',
    summary: 'let simulators and CI enrol, counted and for a while',
    load: async () => (await import('./dev/grant.ts')).devGrantCommand,
  },
  {
    name: 'dev grants',
    summary: 'list grants for simulators and CI',
    load: async () => (await import('./dev/grants.ts')).devGrantsCommand,
  },
  {
    name: 'dev revoke',
    summary: 'end a grant for simulators and CI',
    load: async () => (await import('./dev/revoke.ts')).devRevokeCommand,
  },
  {
    name: 'credential add',
    summary: 'make a credential for a person or a job, into a file',
    load: async () => (await import('./credential/add.ts')).credentialAddCommand,
  },
  {
    name: 'credential list',
    summary: 'list operator credentials',
    load: async () => (await import('./credential/list.ts')).credentialListCommand,
  },
  {
    name: 'credential revoke',
    summary: 'end an operator credential',
    load: async () => (await import('./credential/revoke.ts')).credentialRevokeCommand,
  },
  {
    name: 'trust show',
    summary: 'show whom a server believes, and how fresh that is',
    load: async () => (await import('./trust/show.ts')).trustShowCommand,
  },
  {
    name: 'advisories sign',
    summary: 'sign advisories about vulnerable builds',
    load: async () => (await import('./advisories/sign.ts')).advisoriesSignCommand,
  },
  {
    name: 'advisories publish',
    summary: 'put signed advisories to where servers look for them',
    load: async () => (await import('./advisories/publish.ts')).advisoriesPublishCommand,
  },
  {
    name: 'advisories show',
    summary: 'show the advisories of a signed file',
    load: async () => (await import('./advisories/show.ts')).advisoriesShowCommand,
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
    name: 'mitm run',
    summary: 'prove that a client refuses what it must, against every forged server',
    load: async () => (await import('./mitm/run.ts')).mitmRunCommand,
  },
  {
    name: 'mitm cases',
    summary: 'list or explain the cases of mitm run',
    load: async () => (await import('./mitm/cases.ts')).mitmCasesCommand,
  },
  {
    name: 'mitm proxy',
    summary: 'the same for an app on a phone, while a person uses it',
    load: async () => (await import('./mitm/proxy.ts')).mitmProxyCommand,
  },
  {
    name: 'mitm lab',
    summary: 'make an authority and keys of a harness that outlive a run',
    load: async () => (await import('./mitm/lab.ts')).mitmLabCommand,
  },
  {
    name: 'mitm attack',
    summary: 'try what an attacker can do once pinning is bypassed',
    load: async () => (await import('./mitm/attack.ts')).mitmAttackCommand,
  },
  {
    name: 'keys create',
    summary: 'make a key that signs root documents, pin sets or advisories',
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
