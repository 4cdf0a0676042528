import type { Assurance, Tier, Verdict } from '@assay/core';
import { automaticBans } from '../bans.ts';
import { evaluatePolicy } from '../evaluate.ts';
import type { Example, Expectation, Policy } from '../policy.ts';
import { EXAMPLE_TIME } from './devices.ts';
import { exampleFacts } from './facts.ts';

/** One thing that an example expected otherwise. */
export interface ExampleMismatch {
  readonly what: keyof Expectation;
  readonly expected: string;
  readonly found: string;
}

export interface ExampleResult {
  readonly name: string;
  readonly device: string;
  readonly passed: boolean;
  readonly mismatches: readonly ExampleMismatch[];
  /** With its trace: why the verdict is what it is. */
  readonly verdict: Verdict;
}

/**
 * Evaluates every example of the document, in its order.
 *
 * @throws ConfigError `policy.evaluation_failed`
 */
export function testPolicy(policy: Policy): readonly ExampleResult[] {
  return policy.examples.map((example) => testExample(policy, example));
}

function testExample(policy: Policy, example: Example): ExampleResult {
  const facts = exampleFacts(example);
  const at = example.at ?? EXAMPLE_TIME;
  const verdict = evaluatePolicy(policy, facts, { at });
  const bans = automaticBans(policy, facts, at).map(({ rule }) => rule);
  const mismatches = mismatchesOf(example.expect, verdict, bans);
  return { name: example.name, device: example.device, passed: mismatches.length === 0, mismatches, verdict };
}

/** What is not expected is not compared; a device that is let in has no reasons and no bans unless some are expected. */
function mismatchesOf(expect: Expectation, verdict: Verdict, bans: readonly string[]): readonly ExampleMismatch[] {
  const found: Found = { ...verdict, bans };
  const asked = WHAT.filter((what) => expect[what] !== undefined);
  return asked
    .map((what) => ({ what, expected: toText(expect[what]), found: toText(found[what]) }))
    .filter(({ expected, found: actual }) => expected !== actual);
}

interface Found {
  readonly tier: Tier;
  readonly assurance: Assurance;
  readonly reasons: readonly string[];
  readonly annotations?: Verdict['annotations'];
  readonly bans: readonly string[];
}

const WHAT = ['tier', 'assurance', 'reasons', 'annotations', 'bans'] as const satisfies readonly (keyof Expectation)[];

/** Order says nothing, neither of reasons nor of annotations. */
function toText(value: Found[keyof Found] | Expectation[keyof Expectation]): string {
  if (value === undefined) return 'none';
  if (typeof value === 'string') return value;
  const entries = Array.isArray(value) ? value : Object.entries(value).map(([name, each]) => `${name}=${each}`);
  return entries.length === 0 ? 'none' : entries.toSorted().join(', ');
}
