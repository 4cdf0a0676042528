import type { Fact, Facts } from '@assay/core';
import { flatName } from './cel/environment.ts';
import type { Values } from './cel/node.ts';
import { FACTS, type FactPath, type FactType, type FactValue } from './facts.ts';

/** What expressions may see: proven facts alone, or claimed ones too. */
export type Sight = 'proven' | 'claimed';

/** The facts of one appraisal as expressions see them, with the results that are already known. */
export interface View {
  readonly facts: Facts;
  readonly sight: Sight;
  readonly values: Values;
  /** Results by slot; 0 stands for one that nobody asked for yet. */
  readonly results: Results;
  /** What went wrong in the first part that could not be evaluated. */
  fault: { readonly text: string; readonly error: unknown } | undefined;
}

/** Small numbers by slot. A plain list of them is copied in a tenth of the time that a typed array takes to be made. */
interface Results {
  readonly length: number;
  [slot: number]: number;
}

/** Longest list that an expression is given: a longer one is of no evidence that was checked, and says nothing. */
const MAX_ENTRIES = 64;

/** Variables to fill from facts. */
type Columns = readonly Column[];
interface Column {
  readonly name: string;
  readonly read: (facts: Facts) => Fact<FactValue>;
  readonly convert: (value: FactValue) => unknown;
}

const isText = (value: unknown): boolean => typeof value === 'string';
const isInteger = (value: unknown): value is number => Number.isSafeInteger(value);
const asText = (value: FactValue): unknown => (typeof value === 'string' ? value : undefined);

/** The evaluator's own form of a value; undefined, so unknown, for a value that is not of the fact's type. */
const CONVERT: Readonly<Record<FactType, Column['convert']>> = {
  text: asText,
  choice: asText,
  version: asText,
  date: asText,
  boolean: (value) => (typeof value === 'boolean' ? value : undefined),
  number: (value) => (isInteger(value) ? BigInt(value) : undefined),
  texts: (value) => (isShortList(value) && value.every(isText) ? value : undefined),
  numbers: (value) => (isShortList(value) && value.every(isInteger) ? value.map(BigInt) : undefined),
};

function isShortList(value: FactValue): value is readonly string[] | readonly number[] {
  return Array.isArray(value) && value.length <= MAX_ENTRIES;
}

function columnsOf(paths: Iterable<FactPath>): Columns {
  return [...paths].map((path) => ({
    name: flatName(path),
    read: FACTS[path].read,
    convert: CONVERT[FACTS[path].type],
  }));
}

/** Variables that are there whatever the evidence. */
export interface Settings {
  readonly raised: readonly string[];
  readonly proven: readonly string[];
  readonly degraded: readonly string[];
  readonly weight: bigint;
  readonly now: bigint;
}

/** What a view is made of, the same for every appraisal. */
export interface Frame {
  readonly columns: Columns;
  /** Every variable by name, the lists of the document filled in: objects of one shape are quick to fill and to read. */
  readonly variables: Values;
  readonly slots: number;
  /** Results of which none is known yet. */
  readonly blank: readonly number[];
}

export function frameOf(facts: Iterable<FactPath>, lists: Values, slots: number): Frame {
  const columns = columnsOf(facts);
  const empty = Object.fromEntries(columns.map(({ name }) => [name, undefined]));
  const variables = { raised: [], proven: [], degraded: [], weight: 0n, now: 0n, ...empty, ...lists };
  return { columns, slots, variables, blank: Array.from({ length: slots }, () => 0) };
}

/** Everything that is known well enough, read and converted once. */
export function viewOf(facts: Facts, sight: Sight, frame: Frame, settings: Settings): View {
  const values: Values = { ...frame.variables };
  values['raised'] = settings.raised;
  values['proven'] = settings.proven;
  values['degraded'] = settings.degraded;
  values['weight'] = settings.weight;
  values['now'] = settings.now;
  for (const { name, read, convert } of frame.columns) {
    const fact = read(facts);
    if (fact.known === 'proven' || fact.known === sight) values[name] = convert(fact.value);
  }
  return { facts, sight, values, results: frame.blank.slice(), fault: undefined };
}
