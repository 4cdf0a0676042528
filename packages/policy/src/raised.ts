import { type Facts, THREAT_NAMES, type ThreatName } from '@assay/core';

/** Threats that are raised, whoever says so. */
export function raisedThreats({ threats }: Facts): readonly ThreatName[] {
  return THREAT_NAMES.filter((name) => {
    const fact = threats[name];
    return fact !== undefined && fact.known !== 'absent' && fact.value === true;
  });
}
