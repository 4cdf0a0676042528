import { HARDWARE_PROOFS } from './proofs/hardware.ts';
import { PLAY_PROOFS } from './proofs/play.ts';
import type { ProofRow } from './proofs/row.ts';
import { SIGNER_PROOFS } from './proofs/signers.ts';

export type { ProofRow, Registered } from './proofs/row.ts';

/** Every way from verified facts to a threat. Several may hold; a raised one then counts. */
export const PROOFS: readonly ProofRow[] = [...HARDWARE_PROOFS, ...SIGNER_PROOFS, ...PLAY_PROOFS];
