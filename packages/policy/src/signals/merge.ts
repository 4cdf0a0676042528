import { type Fact, THREAT_NAMES, type ThreatName, type Threats } from '@assay/core';
import { signalWeight } from './weights.ts';

type Said = Exclude<Fact<boolean>, { known: 'absent' }>;

/**
 * One statement for each threat. Proof outranks hints; among proofs, and among hints, the raised one counts; of two raised
 * hints the one of the weightier provider. The order of the sources has no effect.
 */
export function mergeThreats(...sources: readonly Threats[]): Threats {
  const merged: [ThreatName, Said][] = [];
  for (const name of THREAT_NAMES) {
    const said = sources.map((source) => source[name]).filter(isSaid);
    const [first, ...others] = said;
    if (first !== undefined) merged.push([name, others.reduce((best, each) => stronger(name, best, each), first)]);
  }
  return Object.fromEntries(merged);
}

const isSaid = (fact: Fact<boolean> | undefined): fact is Said => fact !== undefined && fact.known !== 'absent';

/** By rank, then by the weight of the hint, then by name: a total order, so that merging is one in any order. */
function stronger(name: ThreatName, a: Said, b: Said): Said {
  const difference = rank(a) - rank(b) || signalWeight(a.by, name) - signalWeight(b.by, name);
  return difference > 0 || (difference === 0 && a.by <= b.by) ? a : b;
}

function rank({ known, value }: Said): number {
  return (known === 'proven' ? 2 : 0) + (value ? 1 : 0);
}
