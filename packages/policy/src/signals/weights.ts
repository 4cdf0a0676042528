import { THREAT_NAMES, type ThreatName, type Threats } from '@assay/core';
import { SIGNALS } from './table.ts';

const WEIGHTS: ReadonlyMap<string, number> = new Map(
  SIGNALS.map(({ provider, threat, weight }) => [keyOf(provider, threat), weight]),
);

function keyOf(provider: string, threat: ThreatName): string {
  return `${provider} ${threat}`;
}

/** Of those who are not in the table: as much as the heaviest provider has. */
const HEAVIEST: ReadonlyMap<string, number> = new Map(
  THREAT_NAMES.map((name) => [
    name,
    Math.max(0, ...SIGNALS.filter(({ threat }) => threat === name).map(({ weight }) => weight)),
  ]),
);

/** Weight of a threat on this provider's word, whichever of its signals raised it. */
export function signalWeight(provider: string, threat: ThreatName): number {
  return WEIGHTS.get(keyOf(provider, threat)) ?? HEAVIEST.get(threat) ?? 0;
}

/** Sum of the weights of raised threats that only a provider's word supports. Proof is for rules, not for scales. */
export function weightOf(threats: Threats): number {
  return THREAT_NAMES.reduce((sum, name) => sum + weightOfOne(threats, name), 0);
}

function weightOfOne(threats: Threats, name: ThreatName): number {
  const fact = threats[name];
  return fact?.known === 'claimed' && fact.value ? signalWeight(fact.by, name) : 0;
}
