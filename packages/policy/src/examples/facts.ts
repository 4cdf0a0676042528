import { ABSENT, claimed, type Fact, type Facts, noFacts, proven } from '@assay/core';
import { type FactPath, type FactValue, isFactPath } from '../facts.ts';
import type { Example } from '../policy.ts';
import { mergeThreats, provenThreats, SIGNALS } from '../signals/index.ts';
import { EXAMPLE_DEVICES } from './devices.ts';

const BY = 'example';

/** The facts of an example: of its device, with its own ones in their places, and the threats that follow from all. */
export function exampleFacts({ device, with: given, claimed: said, raised, degraded }: Example): Facts {
  const base = EXAMPLE_DEVICES[device] ?? noFacts(); // the reader took known devices only
  const facts = [
    ...Object.entries(given).map(([path, value]) => ({ path, fact: value === null ? ABSENT : proven(value, BY) })),
    ...Object.entries(said).map(([path, value]) => ({ path, fact: claimed(value, BY) })),
  ].reduce((each, { path, fact }) => (isFactPath(path) ? withFact(each, path, fact) : each), { ...base, threats: {} });
  const hints = Object.fromEntries(raised.map((name) => [name, claimed(true, heaviest(name))]));
  return { ...facts, threats: { ...mergeThreats(provenThreats(facts), hints), ...facts.threats }, degraded };
}

/** The same facts with one of them in its place. */
export function withFact(facts: Facts, path: FactPath, fact: Fact<FactValue>): Facts {
  const [section = '', name] = path.split('.');
  if (path === 'evidence')
    return { ...facts, evidence: fact.known === 'absent' ? [] : [fact.value].flat().map(String) };
  if (name === undefined) return { ...facts, [section]: fact };
  return { ...facts, [section]: { ...Reflect.get(facts, section), [name]: fact } };
}

/** The provider whose word weighs most: an example asks what a hint can do at worst. */
function heaviest(threat: string): string {
  const rows = SIGNALS.filter((row) => row.threat === threat);
  return rows.reduce((best, row) => (row.weight > best.weight ? row : best), { provider: BY, weight: 0 }).provider;
}
