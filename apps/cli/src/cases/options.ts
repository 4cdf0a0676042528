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
const PLAY: readonly CaseKind[] = ['play-integrity'];
const HUAWEI: readonly CaseKind[] = ['huawei-sysintegrity'];
const TOKENS: readonly CaseKind[] = [...PLAY, ...HUAWEI];
const ALL: readonly CaseKind[] = [...APPLE, ...CHAIN, ...TOKENS];
/** What documents about tokens call the digest of the app's signer. */
const OTHER_DIGESTS = ['expectedDigest', 'expectedCertDigestBase64', 'expectedHapCertificateSha256'];

export const MEMBER_OPTIONS: readonly MemberOption[] = [
  { option: 'at', member: 'verifyAt', value: 'TIME', kinds: ALL, drops: [] },
  { option: 'app', member: 'appId', value: 'TEAMID.bundle.id', kinds: APPLE, drops: [] },
  { option: 'key-id', member: 'keyId', value: 'BYTES', kinds: ATTESTATION, drops: [] },
  { option: 'client-data-hash', member: 'clientDataHash', value: 'BYTES', kinds: ATTESTATION, drops: ['clientData'] },
  {
    ...{ option: 'environment', member: 'environment', value: 'production|development' },
    ...{ kinds: ATTESTATION, drops: ['allowedEnvironments'] },
  },
  {
    ...{ option: 'client-data', member: 'clientData', value: 'BYTES' },
    ...{ kinds: [...ATTESTATION, ...ASSERTION], drops: ['clientDataHash'] },
  },
  {
    option: 'key',
    member: 'publicKeyPem',
    value: 'FILE',
    kinds: [...ASSERTION, 'apple-app-attest-receipt'],
    drops: [],
  },
  { option: 'counter', member: 'previousCounter', value: 'N', kinds: ASSERTION, drops: [] },
  { option: 'challenge', member: 'challenge', value: 'BYTES', kinds: CHAIN, drops: ['challengeOverride'] },
  { option: 'package', member: 'expectedPackage', value: 'NAME', kinds: [...CHAIN, ...TOKENS], drops: ['expectedApp'] },
  {
    ...{ option: 'digest', member: 'expectedDigestSha256Hex', value: 'HEX' },
    ...{ kinds: [...CHAIN, ...TOKENS], drops: ['expectedApp', ...OTHER_DIGESTS] },
  },
  { option: 'status-list', member: 'statusList', value: 'FILE', kinds: CHAIN, drops: [] },
  {
    ...{ option: 'request-hash', member: 'expectedRequestHash', value: 'TEXT' },
    ...{ kinds: PLAY, drops: ['expectedNonce', 'expectedNonceBytes'] },
  },
  {
    ...{ option: 'nonce', member: 'expectedNonce', value: 'BYTES' },
    ...{ kinds: TOKENS, drops: ['expectedNonceBytes', 'expectedRequestHash'] },
  },
  { option: 'decryption-key', member: 'decryptionKey', value: 'FILE', kinds: PLAY, drops: [] },
  { option: 'verification-key', member: 'verificationKey', value: 'FILE', kinds: PLAY, drops: [] },
  { option: 'flavour', member: 'flavour', value: 'hms|harmony', kinds: HUAWEI, drops: [] },
  { option: 'app-id', member: 'expectedAppId', value: 'ID', kinds: HUAWEI, drops: [] },
];

/** Options beside the members that not every kind of evidence has a use for: an assertion has no chain and no policy. */
export const OTHER_OPTIONS: readonly Pick<MemberOption, 'option' | 'kinds'>[] = [
  { option: 'trust', kinds: [...ATTESTATION, 'apple-app-attest-receipt', ...CHAIN, ...HUAWEI] },
  { option: 'policy', kinds: [...ATTESTATION, ...CHAIN, ...TOKENS] },
];

/** `--challenge BYTES` for the member that it stands for or stands in for. */
export function optionOf(member: unknown): string | undefined {
  const rows = MEMBER_OPTIONS.filter((row) => row.member === member || row.drops.some((each) => each === member));
  return rows.length === 0 ? undefined : rows.map(({ option, value }) => `--${option} ${value}`).join(' or ');
}
