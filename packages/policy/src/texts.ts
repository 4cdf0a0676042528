import type { Text } from './cel/check.ts';
import { flatName } from './cel/environment.ts';
import { type Compiled, createCompiler, type Expression, type ValueExpression } from './cel/expression.ts';
import { rehearse } from './cel/rehearse.ts';
import type { FactPath } from './facts.ts';
import type { Program } from './policy.ts';
import { type Frame, frameOf } from './view.ts';

/** A fault by its path in the document, not yet by its line. */
export interface PathFault {
  readonly path: string;
  readonly expected: string;
  /** Offset within the text at the path. */
  readonly at?: number;
}

/** Compiles the expressions of a document as they are met; faults are collected, and a faulty one never holds. */
export interface Texts {
  question(source: string, path: string): Expression;
  value(source: string, path: string): ValueExpression;
  /** What all of them need together. `claimed`: those that may see claims. */
  program(claimed: readonly Text[]): Program;
}

const NEVER: Expression = {
  source: 'false',
  text: 'false',
  facts: [],
  settings: [],
  root: { kind: 'leaf', slot: 0, text: 'false', needs: [], run: () => false },
};
const NOTHING: ValueExpression = {
  source: '',
  text: '',
  facts: [],
  settings: [],
  type: 'string',
  needs: [],
  run: () => undefined,
};

export function createTexts(lists: Readonly<Record<string, readonly string[]>>, faults: PathFault[]): Texts {
  const compiler = createCompiler(Object.keys(lists));
  const variables = Object.fromEntries(Object.entries(lists).map(([name, list]) => [flatName(`lists.${name}`), list]));
  const facts = new Set<FactPath>();
  let asksWeight = false;

  function take<T extends Expression | ValueExpression>(compiled: Compiled<T>, path: string, instead: T): T {
    if ('faults' in compiled) {
      faults.push(...compiled.faults.map((fault) => ({ ...fault, path })));
      return instead;
    }
    const { expression } = compiled;
    for (const fact of expression.facts) facts.add(fact);
    asksWeight ||= expression.settings.includes('weight');
    const fault = rehearse(expression, variables);
    if (fault !== undefined) faults.push({ path, at: 0, expected: fault });
    return expression;
  }

  return {
    question: (source, path) => take(compiler.question(source), path, NEVER),
    value: (source, path) => take(compiler.value(source), path, NOTHING),
    program: (claimed) => {
      const frame = (paths: Iterable<FactPath>): Frame => frameOf(paths, variables, compiler.slots());
      const seen = new Set(claimed.flatMap((text) => text.facts));
      return { ...frame(facts), claimed: claimed.length === 0 ? undefined : frame(seen), asksWeight };
    },
  };
}
