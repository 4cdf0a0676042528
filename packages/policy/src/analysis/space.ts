import { type Facts, noFacts } from '@assay/core';
import { isSetting } from '../cel/environment.ts';
import { EXAMPLE_TIME } from '../examples/devices.ts';
import { withFact } from '../examples/facts.ts';
import { type FactValue, isFactPath } from '../facts.ts';
import type { Settings, Sight } from '../view.ts';
import type { MentionTable } from './domains.ts';
import { type FactDomain, factDomain, type SettingDomain, settingDomain } from './values.ts';

/** Every combination of what the variables of an expression are tried as, by number. */
export interface Space {
  readonly facts: readonly FactDomain[];
  readonly settings: readonly SettingDomain[];
  readonly size: number;
  readonly isExact: boolean;
}

export function spaceOf(mentions: MentionTable, sight: Sight): Space {
  const entries = [...mentions];
  const facts = entries.flatMap(([path, each]) => (isFactPath(path) ? [factDomain(path, each, sight)] : []));
  const settings = entries.flatMap(([path, each]) => (isSetting(path) ? [settingDomain(path, each)] : []));
  const sizes = [...facts.map((each) => each.facts.length), ...settings.map((each) => each.values.length)];
  return {
    facts,
    settings,
    size: sizes.reduce((size, each) => size * each, 1),
    isExact: [...facts, ...settings].every(({ isExact }) => isExact),
  };
}

const QUIET: Settings = { raised: [], proven: [], degraded: [], weight: 0n, now: BigInt(EXAMPLE_TIME / 1000) };

/** The combination of this number, read as one whose places have the sizes of the domains. */
export function pointAt({ facts: domains, settings }: Space, at: number): { facts: Facts; settings: Settings } {
  let rest = at;
  const pick = <T>(values: readonly T[]): T | undefined => {
    const value = values[rest % values.length];
    rest = Math.floor(rest / values.length);
    return value;
  };
  let facts = noFacts();
  for (const { path, facts: values } of domains) {
    const fact = pick(values);
    if (fact !== undefined) facts = withFact(facts, path, fact);
  }
  const given = settings.map(({ name, values }) => [name, toSetting(pick(values))] as const);
  return { facts, settings: { ...QUIET, ...Object.fromEntries(given) } };
}

const toSetting = (value: FactValue | undefined): unknown => (typeof value === 'number' ? BigInt(value) : value);
