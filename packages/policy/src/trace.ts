import type { Fact, RuleTrace } from '@assay/core';
import type { Text } from './cel/check.ts';
import { FACTS, type FactValue } from './facts.ts';
import type { Rule } from './policy.ts';
import type { View } from './view.ts';

/** What a rule expected and found. A rule that did not apply shows its condition: that is what was decided. */
export function traceOf(rule: Rule, outcome: RuleTrace['outcome'], view: View): RuleTrace {
  const looked = outcome === 'not_applicable' && rule.when !== undefined ? rule.when : rule.require;
  const facts = looked.facts.map((path) => FACTS[path].read(view.facts));
  const trace = {
    rule: rule.id,
    outcome,
    expected: looked.text,
    found: foundOf(looked, facts, view),
    known: howKnown(facts),
  };
  return outcome === 'failed' ? { ...trace, code: rule.otherwise.code } : trace;
}

function foundOf({ facts: paths, settings }: Text, facts: readonly Fact<FactValue>[], { values }: View): string {
  const parts = paths.map((path, index) => `${path} ${show(facts[index])}`);
  return [...parts, ...settings.map((name) => `${name} ${showValue(values[name])}`)].join(', ');
}

function show(fact: Fact<FactValue> | undefined): string {
  return fact === undefined || fact.known === 'absent' ? 'absent' : `= ${showValue(fact.value)} (${fact.known})`;
}

const showValue = (value: unknown): string => (Array.isArray(value) ? `[${value.join(', ')}]` : String(value));

/** Settings are the server's own, or the app's word: a trace of them alone is no trace of proof. */
function howKnown(facts: readonly Fact<FactValue>[]): RuleTrace['known'] {
  const [first, ...others] = facts.map(({ known }) => known);
  if (first === undefined) return 'claimed';
  return others.some((known) => known !== first) ? 'mixed' : first;
}
