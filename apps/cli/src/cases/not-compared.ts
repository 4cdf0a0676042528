import type { EvidenceCase } from './case.ts';

export interface NotCompared {
  readonly what: 'app' | 'signer' | 'revocation' | 'key';
  /** What to do about it. */
  readonly give: string;
}

/** What a case leaves open: evidence may hold and yet be of another app. Apple's evidence always names all it is held to. */
export function notCompared(evidence: EvidenceCase): readonly NotCompared[] {
  if (evidence.kind !== 'android-key-attestation') return [];
  const { apps, statusList } = evidence;
  const open: readonly (readonly [boolean, NotCompared])[] = [
    [apps === undefined, { what: 'app', give: 'give --package' }],
    [apps?.some(({ digests }) => digests === undefined) ?? false, { what: 'signer', give: 'give --digest' }],
    [statusList === undefined, { what: 'revocation', give: 'give --status-list' }],
    [true, { what: 'key', give: 'compare the attested key with the one that signs' }],
  ];
  return open.flatMap(([isOpen, row]) => (isOpen ? [row] : []));
}
