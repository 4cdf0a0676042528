import type { Facts, Threats } from '@assay/core';
import { mergeThreats } from './merge.ts';
import { PROOFS, type ProofRow, type Registered } from './proofs.ts';

/**
 * What verified evidence says of threats, under the same names as signals; the rows of {@link PROOFS} tell what each proves.
 * Threats that a format's own verifier put into `facts.threats` are kept, if proven.
 */
export function provenThreats(facts: Facts, registered: Registered = {}): Threats {
  const told = PROOFS.filter(({ holds }) => holds(facts, registered)).map(toThreat);
  return mergeThreats(ofVerifiers(facts), ...told);
}

function toThreat({ threat, known, raised, by }: ProofRow): Threats {
  return { [threat]: { known, value: raised, by } };
}

function ofVerifiers({ threats }: Facts): Threats {
  return Object.fromEntries(Object.entries(threats).filter(([, fact]) => fact.known === 'proven'));
}
