import type { CaseKind } from './case.ts';

/** An option of `assay evidence verify` that stands for a member of the document. */
export interface MemberOption {
  readonly option: string;
  readonly member: string;
  /** Its value, as the help writes it. */
  readonly value: string;
  readonly kinds: readonly CaseKind[];
  /** Members that would otherwise win over `member`: a file must not switch off what the operator asks for. */
  readonly drops: readonly string[];
}

const ATTESTATION: readonly CaseKind[] = ['apple-app-attest-attestation'];
const ASSERTION: readonly CaseKind[] = ['apple-app-attest-assertion'];
const CHAIN: readonly CaseKind[] = ['android-key-attestation'];
const APPLE: readonly CaseKind[] = [...ATTESTATION, ...ASSERTION, 'apple-app-attest-receipt'];
const ALL: readonly CaseKind[] = [...APPLE, ...CHAIN];

export const MEMBER_OPTIONS: readonly MemberOption[] = [
  { option: 'at', member: 'verifyAt', value: 'TIME', kinds: ALL, drops: [] },
  { option: 'app', member: 'appId', value: 'TEAMID.bundle.id', kinds: APPLE, drops: [] },
  { option: 'key-id', member: 'keyId', value: 'B64', kinds: ATTESTATION, drops: [] },
  { option: 'client-data-hash', member: 'clientDataHash', value: 'B64', kinds: ATTESTATION, drops: [] },
  {
    ...{ option: 'environment', member: 'environment', value: 'production|development' },
    ...{ kinds: ATTESTATION, drops: ['allowedEnvironments'] },
  },
  { option: 'client-data', member: 'clientData', value: 'B64', kinds: ASSERTION, drops: [] },
  { option: 'counter', member: 'previousCounter', value: 'N', kinds: ASSERTION, drops: [] },
  { option: 'challenge', member: 'challenge', value: 'B64|utf8:TEXT', kinds: CHAIN, drops: ['challengeOverride'] },
  { option: 'package', member: 'expectedPackage', value: 'NAME', kinds: CHAIN, drops: ['expectedApp'] },
  { option: 'digest', member: 'expectedDigestSha256Hex', value: 'HEX', kinds: CHAIN, drops: ['expectedApp'] },
  { option: 'status-list', member: 'statusList', value: 'FILE', kinds: CHAIN, drops: [] },
];

/** Options beside the members that not every kind of evidence has a use for: an assertion has no chain and no policy. */
export const OTHER_OPTIONS: readonly Pick<MemberOption, 'option' | 'kinds'>[] = [
  { option: 'trust', kinds: [...ATTESTATION, 'apple-app-attest-receipt', ...CHAIN] },
  { option: 'policy', kinds: [...ATTESTATION, ...CHAIN] },
];

/** `--challenge B64|utf8:TEXT` for the member that it stands for. */
export function optionOf(member: unknown): string | undefined {
  const row = MEMBER_OPTIONS.find((each) => each.member === member);
  return row === undefined ? undefined : `--${row.option} ${row.value}`;
}
