import { isObject } from './documents.ts';
import type { CaseRun } from './run.ts';

const WORDS: ReadonlyMap<unknown, CaseRun['expected']> = new Map([
  ['accept', 'accept'],
  ['reject', 'reject'],
  ['accept-or-reject', 'either'],
  ['policy', 'either'],
]);

/** What a case expects: `expected.verdict`, `expected.strictPolicy`, or the text `expected`. Undefined: no word of these. */
export function expectationOf(value: Readonly<Record<string, unknown>>): CaseRun['expected'] | undefined {
  const { expected } = value;
  const word = isObject(expected) ? (expected['verdict'] ?? expected['strictPolicy']) : expected;
  return WORDS.get(word);
}

/** Why the case is there, in its own words. */
export function whyOf(value: Readonly<Record<string, unknown>>): string {
  return [value['reason'], value['why'], value['note']].find((text) => typeof text === 'string') ?? '';
}
