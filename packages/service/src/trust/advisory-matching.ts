import { type Facts, knownValue } from '@assay/core';
import type { Advisory, Affected } from './advisory-document.ts';

/** `undefined` for the SDK: whatever it is, for a first look that reads no record. */
type Sdk = string | null | undefined;
type Condition = (affected: Affected, facts: Facts, sdk: Sdk) => boolean;

/** The advisories all of whose conditions these facts meet. A fact that is absent meets none. */
export function matchingAdvisories(advisories: readonly Advisory[], facts: Facts, sdk: Sdk): readonly Advisory[] {
  return advisories.filter(({ affects }) => CONDITIONS.every((isMet) => isMet(affects, facts, sdk)));
}

const CONDITIONS: readonly Condition[] = [
  ({ app }, facts) => app === undefined || isApp(app, knownValue(facts.app.id)),
  ({ appUpTo }, { app }) =>
    appUpTo === undefined || [app.version, app.build].some((fact) => isUpTo(appUpTo, knownValue(fact))),
  ({ sdk: names }, _, sdk) => names === undefined || sdk === undefined || isNamed(names, sdk),
  ({ osBuilds }, { device }) => osBuilds === undefined || isNamed(osBuilds, knownValue(device.osBuild)),
  ({ models }, { device }) => models === undefined || isNamed(models, knownValue(device.model)),
  ({ patchBefore }, { device }) => patchBefore === undefined || isBefore(patchBefore, knownValue(device.osPatch)),
];

const APPLE_TEAM = /^[A-Z0-9]{10}\./;

function isApp(app: string, id: string | undefined): boolean {
  return id !== undefined && (id === app || id.replace(APPLE_TEAM, '') === app);
}

function isNamed(names: readonly string[], value: string | null | undefined): boolean {
  if (value === undefined || value === null) return false;
  return names.some((name) => (name.endsWith('*') ? value.startsWith(name.slice(0, -1)) : value === name));
}

/** Patch levels sort as text: `YYYY-MM`, or with a day behind. */
function isBefore(month: string, patch: string | undefined): boolean {
  return patch !== undefined && patch.slice(0, month.length) < month;
}

const NUMBERS = /^\d{1,18}(\.\d{1,18})*$/;

/** A version with dots is compared with versions that have some, a build number with build numbers: 412 is not above 4.2.0. */
function isUpTo(limit: string, value: string | undefined): boolean {
  if (value === undefined || !NUMBERS.test(value) || limit.includes('.') !== value.includes('.')) return false;
  const [most, found] = [limit, value].map((text) => text.split('.').map(BigInt));
  if (most === undefined || found === undefined) return false;
  for (let place = 0; place < Math.max(most.length, found.length); place++) {
    const [highest = 0n, part = 0n] = [most[place], found[place]];
    if (part !== highest) return part < highest;
  }
  return true;
}
