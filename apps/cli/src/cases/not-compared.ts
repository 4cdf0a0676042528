import type { EvidenceCase, KeyAttestationCase } from './case.ts';

export interface NotCompared {
  readonly what: 'app' | 'signer' | 'revocation' | 'key' | 'app id';
  /** What to do about it. */
  readonly give: string;
}

/** What a case leaves open: evidence may hold and yet be of another app. Apple's evidence always names all it is held to. */
export function notCompared(evidence: EvidenceCase): readonly NotCompared[] {
  switch (evidence.kind) {
    case 'android-key-attestation':
      return openOfChain(evidence);
    case 'play-integrity':
      return filter([[lacks(evidence.apps, 'digests'), SIGNER]]);
    case 'huawei-sysintegrity':
      return filter([
        [lacks(evidence.apps, 'digests'), SIGNER],
        [lacks(evidence.apps, 'appId'), { what: 'app id', give: 'give --app-id' }],
      ]);
    default:
      return [];
  }
}

const SIGNER: NotCompared = { what: 'signer', give: 'give --digest' };

function lacks<K extends string>(apps: readonly { readonly [N in K]?: unknown }[], member: K): boolean {
  return apps.some((app) => app[member] === undefined);
}

function filter(rows: readonly (readonly [isOpen: boolean, row: NotCompared])[]): readonly NotCompared[] {
  return rows.flatMap(([isOpen, row]) => (isOpen ? [row] : []));
}

function openOfChain({ apps, statusList }: KeyAttestationCase): readonly NotCompared[] {
  return filter([
    [apps === undefined, { what: 'app', give: 'give --package' }],
    [lacks(apps ?? [], 'digests'), SIGNER],
    [statusList === undefined, { what: 'revocation', give: 'give --status-list' }],
    [true, { what: 'key', give: 'compare the attested key with the one that signs' }],
  ]);
}
