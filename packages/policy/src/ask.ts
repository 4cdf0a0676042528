import { type Choice, FALSE, FAULT, type Leaf, type Node, type Pair, TRUE, type Truth, UNKNOWN } from './cel/node.ts';
import { isAbsence } from './cel/rehearse.ts';
import { FACTS, type FactPath } from './facts.ts';
import type { View } from './view.ts';

/** What a node says about the facts of a view. Every node is evaluated once for a view. */
export function ask(view: View, node: Node): Truth {
  const known = view.results[node.slot] as Truth | 0; // nothing else is ever written there
  if (known !== 0) return known;
  const truth = decide(view, node);
  view.results[node.slot] = truth;
  return truth;
}

function decide(view: View, node: Node): Truth {
  switch (node.kind) {
    case 'leaf':
      return run(view, node);
    case 'has':
      return isThere(view, node.fact);
    case 'and':
      return join(view, node, FALSE, TRUE);
    case 'or':
      return join(view, node, TRUE, FALSE);
    case 'not':
      return negate(ask(view, node.of));
    case 'if':
      return choose(view, node);
  }
}

/** The logic of three values: `decisive` on either side settles it; else what is not known on one side is not known. */
function join(view: View, { left, right }: Pair, decisive: Truth, neutral: Truth): Truth {
  const one = ask(view, left);
  if (one === decisive) return one;
  const other = ask(view, right);
  if (other === decisive || one === neutral) return other;
  return one === FAULT || other === FAULT ? FAULT : UNKNOWN;
}

function negate(truth: Truth): Truth {
  if (truth === TRUE) return FALSE;
  return truth === FALSE ? TRUE : truth;
}

function choose(view: View, { condition, yes, no }: Choice): Truth {
  const truth = ask(view, condition);
  if (truth === TRUE) return ask(view, yes);
  return truth === FALSE ? ask(view, no) : truth;
}

/** A claim is no absence: where only proof counts, it leaves the question open. */
function isThere({ facts, sight }: View, path: FactPath): Truth {
  const { known } = FACTS[path].read(facts);
  if (known === 'absent') return FALSE;
  return known === 'proven' || known === sight ? TRUE : UNKNOWN;
}

/** The evaluator is not asked what an absent fact makes unknown anyway: its errors cost more than all of the rest. */
function run(view: View, leaf: Leaf): Truth {
  const { values } = view;
  for (const name of leaf.needs) if (values[name] === undefined) return UNKNOWN;
  try {
    const result = leaf.run(values);
    if (result === true) return TRUE;
    if (result === false) return FALSE;
    return fail(view, leaf, new TypeError('not a yes or no'));
  } catch (error) {
    return isAbsence(error) ? UNKNOWN : fail(view, leaf, error);
  }
}

function fail(view: View, { text }: Leaf, error: unknown): Truth {
  view.fault ??= { text, error };
  return FAULT;
}
