import type { CommandRow } from '../../command.ts';

/** Policies: tried, put into force, and set aside for a while. */
export const POLICY_ROWS: readonly CommandRow[] = [
  {
    name: 'policy presets',
    summary: 'list the policies that come with assay, or print one',
    load: async () => (await import('../policy/presets.ts')).policyPresetsCommand,
  },
  {
    name: 'policy test',
    summary: 'run the examples of a policy, and find rules that never fire',
    load: async () => (await import('../policy/test.ts')).policyTestCommand,
  },
  {
    name: 'policy simulate',
    summary: 'say what a policy would have done to past appraisals',
    load: async () => (await import('../policy/simulate.ts')).policySimulateCommand,
  },
  {
    name: 'policy diff',
    summary: 'compare two policies, and say whether the second is laxer',
    load: async () => (await import('../policy/diff.ts')).policyDiffCommand,
  },
  {
    name: 'policy show',
    summary: 'show policies, where they judge, and what is switched off',
    load: async () => (await import('../policy/show.ts')).policyShowCommand,
  },
  {
    name: 'policy apply',
    summary: 'put a policy into force, and say what that does',
    load: async () => (await import('../policy/apply.ts')).policyApplyCommand,
  },
  {
    name: 'policy history',
    summary: 'list the versions of a policy',
    load: async () => (await import('../policy/history.ts')).policyHistoryCommand,
  },
  {
    name: 'policy rollback',
    summary: 'return to an older version of a policy',
    load: async () => (await import('../policy/rollback.ts')).policyRollbackCommand,
  },
  {
    name: 'policy approve',
    summary: 'put a change that waits for a second person into force',
    load: async () => (await import('../policy/approve.ts')).policyApproveCommand,
  },
  {
    name: 'policy withdraw',
    summary: 'take a change that waits for a second person back',
    load: async () => (await import('../policy/withdraw.ts')).policyWithdrawCommand,
  },
  {
    name: 'policy assign',
    summary: 'let another policy judge one install',
    load: async () => (await import('../policy/assign.ts')).policyAssignCommand,
  },
  {
    name: 'policy unassign',
    summary: 'let the policy of its app judge an install again',
    load: async () => (await import('../policy/unassign.ts')).policyUnassignCommand,
  },
  {
    name: 'enforce off',
    summary: "let an app's policy rest for a while",
    load: async () => (await import('../enforce/off.ts')).enforceOffCommand,
  },
  {
    name: 'enforce on',
    summary: "end the rest of an app's policy",
    load: async () => (await import('../enforce/on.ts')).enforceOnCommand,
  },
];
