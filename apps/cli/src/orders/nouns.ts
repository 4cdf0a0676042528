import type { OrderNoun } from './commands.ts';

export const BAN: OrderNoun = {
  noun: 'ban',
  effect: 'ban',
  targets: ['code', 'instance', 'signer', 'model', 'network'],
  about: `Refuses an install from now on, whatever keys it has later: its lineage is banned. A reinstall makes a new lineage:
the ban survives it only where the app marks banned devices (banBit, recallBit; docs/apps.md). The answer says whether.
A signer, a model or a network refuses everything of that kind.`,
  longest: '10 years',
  example: `  assay ban add --code 7KQ2M-9XR4T-V --for 30d --reason 'chargebacks, case 4711'
  assay ban add --signer <64 hex digits> --for 52w --reason 'repackaged copy in a forum'
  assay ban add --network 192.0.2.0/24 --app com.example.bank --for 24h --reason 'device farm'`,
};

export const PASS: OrderNoun = {
  noun: 'pass',
  effect: 'pass',
  targets: ['code', 'instance'],
  about: `Lets one install through although the policy refuses it: its token says so (\`att.stg\`), has the lowest assurance, and
secrets are not delivered to it.`,
  longest: '7 days',
  example: `  assay pass add --code 7KQ2M-9XR4T-V --for 3d --reason 'waits for a new phone, ticket 812'`,
};
