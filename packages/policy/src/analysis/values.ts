import { ABSENT, claimed, type Fact, proven, THREAT_NAMES } from '@assay/core';
import type { SettingName } from '../cel/environment.ts';
import { EXAMPLE_TIME } from '../examples/devices.ts';
import { FACTS, type FactPath, type FactRow, type FactValue } from '../facts.ts';
import type { Sight } from '../view.ts';
import type { Mentions } from './domains.ts';

/** What one fact is tried as: proven, absent and claimed. */
export interface FactDomain {
  readonly path: FactPath;
  readonly facts: readonly Fact<FactValue>[];
  /** Whether nothing else could tell more. */
  readonly isExact: boolean;
}

/** What a variable that is always there is tried as. */
export interface SettingDomain {
  readonly name: SettingName;
  readonly values: readonly FactValue[];
  readonly isExact: boolean;
}

/** Largest number of entries whose every combination is tried. */
const MAX_COMBINED = 4;
const MAX_SIZE = 16;
const OTHER = 'something-else';
const BY = 'trial';
const [FIRST_DAY, LAST_DAY] = ['1970-01-01', '9999-12-31'];

/** A claim is worth one try where only proof is seen: its value is not. */
export function factDomain(path: FactPath, mentions: Mentions, sight: Sight): FactDomain {
  const { values, isExact } = VALUES[FACTS[path].type](mentions, FACTS[path]);
  const said = sight === 'claimed' ? values : values.slice(0, 1);
  const facts = [...values.map((value) => proven(value, BY)), ABSENT, ...said.map((value) => claimed(value, BY))];
  return { path, facts, isExact: isExact && mentions.isExact };
}

interface Made {
  readonly values: readonly FactValue[];
  readonly isExact: boolean;
}
type Make = (mentions: Mentions, row: Pick<FactRow, 'values'>) => Made;

const textsIn = ({ constants }: Mentions): string[] => [...constants].filter((each) => typeof each === 'string');
const numbersIn = ({ constants }: Mentions): number[] =>
  [...constants].filter((each) => typeof each === 'bigint').map(Number);

const exactly = (values: readonly FactValue[]): Made => ({ values: [...new Set(values)], isExact: true });
const around = (numbers: readonly number[]): number[] =>
  numbers.flatMap((each) => [each - 1, each, each + 1]).filter((each) => Number.isSafeInteger(each));

/** One value of every kind that the constants tell apart. */
const VALUES: Readonly<Record<FactRow['type'], Make>> = {
  boolean: () => exactly([true, false]),
  choice: (_mentions, { values = [] }) => exactly(values),
  number: (mentions) => exactly([0, ...around(numbersIn(mentions))]),
  text: (mentions) => exactly([OTHER, ...textsIn(mentions)]),
  // A version between two constants compares as the lower one with a number more does.
  version: (mentions) => exactly(['0', ...textsIn(mentions).flatMap((each) => [each, `${each}.0.1`])]),
  date: (mentions) => exactly([FIRST_DAY, LAST_DAY, ...textsIn(mentions).flatMap((each) => [each, `${each}-28`])]),
  texts: (mentions) => combined(textsIn(mentions), OTHER, mentions),
  numbers: (mentions) => combined(numbersIn(mentions), Number.MAX_SAFE_INTEGER, mentions),
};

/** Every combination of a few entries; of many: none, each alone, and all. */
function combined<T extends string | number>(entries: readonly T[], other: T, { sizes }: Mentions): Made {
  const isSmall = entries.length <= MAX_COMBINED;
  const lists: T[][] = isSmall ? subsets(entries) : [[], ...entries.map((each) => [each]), [...entries]];
  const lengths = around([...sizes]).filter((size) => size >= 0 && size <= MAX_SIZE);
  const padded = lengths.flatMap((size) =>
    lists.map((list) => [...list, ...Array<T>(MAX_SIZE).fill(other)].slice(0, size)),
  );
  const values = [...lists, [other], ...padded] as readonly (readonly string[] | readonly number[])[]; // of one type each
  return { values, isExact: isSmall && lengths.length === around([...sizes]).filter((size) => size >= 0).length };
}

function subsets<T>(entries: readonly T[]): T[][] {
  const made: T[][] = [[]];
  for (const entry of entries) made.push(...made.map((each) => [...each, entry]));
  return made;
}

export function settingDomain(name: SettingName, mentions: Mentions): SettingDomain {
  const isNumber = name === 'weight' || name === 'now';
  const made: Made = isNumber ? settingNumbers(name, mentions) : combined(known(name, mentions), OTHER, mentions);
  return { name, values: made.values, isExact: made.isExact && mentions.isExact };
}

function settingNumbers(path: string, mentions: Mentions): Made {
  const least = path === 'now' ? Math.floor(EXAMPLE_TIME / 1000) : 0;
  return exactly([least, ...around(numbersIn(mentions)).filter((each) => each >= 0)]);
}

/** Only threats that there are can be raised. */
function known(path: string, mentions: Mentions): string[] {
  const texts = textsIn(mentions);
  return path === 'raised' || path === 'proven'
    ? texts.filter((each) => (THREAT_NAMES as readonly string[]).includes(each))
    : texts;
}
