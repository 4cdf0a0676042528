import { type Fact, type Facts, provenValue } from '@assay/core';

const HARDWARE: ReadonlySet<unknown> = new Set(['tee', 'strongbox']);

/** The strict Android policy in short: which of its rules these facts break, in order. */
export function brokenRules({ key, device, app }: Facts): readonly string[] {
  const rules: readonly (readonly [name: string, holds: boolean])[] = [
    ['levels', HARDWARE.has(provenValue(key.attesterLevel)) && sameProven(key.attesterLevel, key.attestedLevel)],
    ['origin', provenValue(key.origin) === 'generated'],
    ['root_of_trust', provenValue(device.bootState) !== undefined],
    ['locked', provenValue(device.locked) === true],
    ['boot_state', provenValue(device.bootState) === 'verified'],
    ['app', provenValue(app.id) !== undefined],
  ];
  return rules.filter(([, holds]) => !holds).map(([name]) => name);
}

function sameProven<T>(a: Fact<T>, b: Fact<T>): boolean {
  return provenValue(a) === provenValue(b);
}
