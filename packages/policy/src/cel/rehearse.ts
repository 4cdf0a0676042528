import { FACT_PATHS, FACTS, type FactRow } from '../facts.ts';
import { flatName } from './environment.ts';
import type { Expression, ValueExpression } from './expression.ts';
import { Unknown } from './functions.ts';
import type { Leaf, Node, Values } from './node.ts';

const SETTINGS: readonly Values[] = [
  { raised: [], proven: [], degraded: [], weight: 0n, now: 0n },
  { raised: ['root'], proven: ['root'], degraded: ['play_unavailable'], weight: 100_000n, now: 1n << 40n },
];

/** Two values of every type, far from each other. */
const SAMPLES: Readonly<Record<FactRow['type'], readonly [unknown, unknown]>> = {
  text: ['', 'text'],
  choice: ['', ''],
  boolean: [false, true],
  number: [0n, BigInt(Number.MAX_SAFE_INTEGER)],
  version: ['0', '17.4.1'],
  date: ['2020-01', '2026-11-05'],
  texts: [[], ['text']],
  numbers: [[], [2n, 7n]],
};

const sampleOf = ({ type, values }: FactRow, at: 0 | 1): unknown =>
  type === 'choice' ? values?.[at] : SAMPLES[type][at];

const sample = (at: 0 | 1): Values =>
  Object.fromEntries(FACT_PATHS.map((path) => [flatName(path), sampleOf(FACTS[path], at)]));

const REHEARSALS: readonly Values[] = SETTINGS.flatMap((settings) =>
  [{}, sample(0), sample(1)].map((facts) => ({ ...settings, ...facts })),
);

/** What an expression cannot be evaluated on, tried once when it is loaded: no facts at all, and facts of every type. */
export function rehearse(expression: Expression | ValueExpression, lists: Values): string | undefined {
  const parts = 'root' in expression ? leavesOf(expression.root) : [expression];
  for (const facts of REHEARSALS) {
    const values = { ...facts, ...lists };
    // What an absent fact makes unknown is never run.
    for (const { run } of parts.filter(({ needs }) => needs.every((name) => name in values))) {
      const fault = faultOf(run, values);
      if (fault !== undefined) return fault;
    }
  }
  return undefined;
}

function faultOf(run: (values: Values) => unknown, values: Values): string | undefined {
  try {
    run(values);
    return undefined;
  } catch (error) {
    return isAbsence(error) ? undefined : `an expression that can be evaluated: ${summaryOf(error)}`;
  }
}

const summaryOf = (error: unknown): string =>
  error instanceof Error && 'summary' in error ? String(error.summary) : 'it fails on facts that devices have';

/** Absent variables, as the evaluator and as our own functions say it. */
export function isAbsence(error: unknown): boolean {
  return error instanceof Unknown || (error instanceof Error && 'code' in error && error.code === 'unknown_variable');
}

export function leavesOf(node: Node): readonly Leaf[] {
  switch (node.kind) {
    case 'leaf':
      return [node];
    case 'has':
      return [];
    case 'not':
      return leavesOf(node.of);
    case 'if':
      return [node.condition, node.yes, node.no].flatMap(leavesOf);
    default:
      return [node.left, node.right].flatMap(leavesOf);
  }
}
