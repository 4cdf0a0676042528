import { type Checked, checkText, type Faulty, faultOf, faulty, type Text } from './check.ts';
import { type CelType, createFlatEnvironment, createSourceEnvironment } from './environment.ts';
import { internNode, needsOf } from './intern.ts';
import type { Node, Values } from './node.ts';
import { print } from './print.ts';

/** A question to the facts: yes, no or unknown. */
export interface Expression extends Text {
  readonly root: Node;
}

/** Something that is read out of the facts, for an annotation. */
export interface ValueExpression extends Text {
  readonly type: CelType;
  /** Facts without which there is no value, by the names of their variables. */
  readonly needs: readonly string[];
  readonly run: (values: Values) => unknown;
}

export type Compiled<T> = { readonly expression: T } | Faulty;

/** Compiles the expressions of one policy. */
export interface Compiler {
  question(source: string): Compiled<Expression>;
  value(source: string): Compiled<ValueExpression>;
  /** How many slots the results of all nodes take. */
  slots(): number;
}

const VALUE_TYPES: readonly CelType[] = ['string', 'int', 'bool'];

/** `lists`: names that expressions may use as `lists.<name>`. */
export function createCompiler(lists: Iterable<string>): Compiler {
  const names = [...lists];
  const source = createSourceEnvironment(names);
  const flat = createFlatEnvironment(names);
  const nodes = new Map<string, Node>();
  const compile = flat.parse.bind(flat);

  function question({ ast, type, about }: Checked): Compiled<Expression> {
    if (type !== 'bool') return faulty(`a yes-or-no expression, not one of type ${type}`);
    return { expression: { ...about, root: internNode(ast, nodes, compile) } };
  }

  function value({ ast, type, about }: Checked): Compiled<ValueExpression> {
    const known = VALUE_TYPES.find((each) => each === type);
    if (known === undefined) return faulty('a text, a whole number or a bool');
    return { expression: { ...about, type: known, needs: needsOf(ast), run: compile(print(ast)) } };
  }

  return {
    slots: () => nodes.size,
    question: (text) => then(checkText(source, text, { isQuestion: true }), question),
    value: (text) => then(checkText(source, text, { isQuestion: false }), value),
  };
}

/** What prints well may still not be a text that the evaluator reads, such as half of a character. */
function then<T>(checked: Checked | Faulty, finish: (checked: Checked) => Compiled<T>): Compiled<T> {
  if ('faults' in checked) return checked;
  try {
    return finish(checked);
  } catch (error) {
    return { faults: [faultOf(error, checked.about.source)] };
  }
}
