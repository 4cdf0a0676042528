import { type Facts, THREAT_NAMES, type ThreatName } from '@assay/core';

/** Threats that are raised, whoever says so, in the order of their table. */
export function raisedThreats({ threats }: Facts): readonly ThreatName[] {
  const raised: ThreatName[] = [];
  for (const name of THREAT_NAMES) {
    const fact = threats[name];
    if (fact !== undefined && fact.known !== 'absent' && fact.value === true) raised.push(name);
  }
  return raised;
}

/** Those of them that verified evidence raises. */
export function provenAmong(raised: readonly ThreatName[], { threats }: Facts): readonly ThreatName[] {
  return raised.filter((name) => threats[name]?.known === 'proven');
}
