import type { Facts, ThreatName } from '@assay/core';

/** What an operator registered of the app, as far as proof depends on it. */
export interface Registered {
  /** SHA-256 digests of the signing certificates that the app may have, lower-case hex. */
  readonly signers?: readonly string[];
}

/** One way in which verified evidence speaks of a threat. */
export interface ProofRow {
  readonly threat: ThreatName;
  /** Whether the threat is raised by it, or ruled out. */
  readonly raised: boolean;
  /** `claimed`: verified evidence hints at it without proving it. */
  readonly known: 'proven' | 'claimed';
  /** The evidence that says so. */
  readonly by: string;
  readonly holds: (facts: Facts, registered: Registered) => boolean;
  readonly when: string;
  /** What it really proves, and what it does not. */
  readonly means: string;
}

/** Formats of evidence, as facts name them. */
export const KEY = 'android-key';
export const PLAY = 'play-integrity';
export const APPLE = 'apple-app-attest';
export const HUAWEI: readonly string[] = ['huawei-sysintegrity', 'harmony-sysintegrity'];

type Proven = Pick<ProofRow, 'threat' | 'raised' | 'known' | 'by'>;

/** What many rows have alike. */
export function proves(threat: ThreatName, raised: boolean, by: string): Proven {
  return { threat, raised, known: 'proven', by };
}
