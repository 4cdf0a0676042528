import type { ASTNode, ParseResult } from '@marcbachmann/cel-js';
import { type FactPath, isFactPath } from '../facts.ts';
import {
  type CelType,
  createFlatEnvironment,
  createSourceEnvironment,
  flatName,
  isSetting,
  type SettingName,
} from './environment.ts';
import { childrenOf, type ExpressionFault, fencesOf, pathOf } from './fences.ts';
import type { Choice, Has, Leaf, Node, Not, Pair, Values } from './node.ts';
import { print } from './print.ts';

/** What every compiled text says of itself. */
export interface Text {
  /** As its author wrote it. */
  readonly source: string;
  /** The same on one line, for people. */
  readonly text: string;
  /** The facts that it names, in reading order. */
  readonly facts: readonly FactPath[];
  /** The other variables that it names. */
  readonly settings: readonly SettingName[];
}

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

export type Compiled<T> = { readonly expression: T } | { readonly faults: readonly ExpressionFault[] };

/** Compiles the expressions of one policy. */
export interface Compiler {
  question(source: string): Compiled<Expression>;
  value(source: string): Compiled<ValueExpression>;
  /** How many slots the results of all nodes take. */
  readonly slots: () => number;
}

export const MAX_SOURCE = 4096;
const VALUE_TYPES: readonly string[] = ['string', 'int', 'bool'];

export function createCompiler(lists: Iterable<string>): Compiler {
  const names = [...lists];
  const source = createSourceEnvironment(names);
  const flat = createFlatEnvironment(names);
  const nodes = new Map<string, Node>();
  const toRun = (text: string): ParseResult => flat.parse(text);
  const intern = (ast: ASTNode): Node => internNode(ast, nodes, toRun);

  return {
    slots: () => nodes.size,
    question: (text) =>
      compiled(text, source.parse.bind(source), (parsed, about) => {
        if (parsed.type !== 'bool')
          return { faults: [{ at: 0, expected: `a yes-or-no expression, not ${parsed.type}` }] };
        return { expression: { ...about, root: intern(parsed.ast) } };
      }),
    value: (text) =>
      compiled(text, source.parse.bind(source), (parsed, about) => {
        if (!VALUE_TYPES.includes(parsed.type))
          return { faults: [{ at: 0, expected: 'a text, a whole number or a bool' }] };
        return {
          expression: {
            ...about,
            type: parsed.type as CelType,
            needs: needsOf(parsed.ast),
            run: toRun(print(parsed.ast)),
          },
        };
      }),
  };
}

interface Checked {
  readonly ast: ASTNode;
  readonly type: string;
}

function compiled<T>(
  text: string,
  parse: (text: string) => ParseResult,
  finish: (parsed: Checked, about: Text) => Compiled<T>,
): Compiled<T> {
  if (text.length > MAX_SOURCE)
    return { faults: [{ at: 0, expected: `an expression of at most ${MAX_SOURCE} characters` }] };
  try {
    const parsed = parse(text);
    const fences = fencesOf(parsed.ast);
    if (fences.length > 0) return { faults: fences };
    const { valid, type, error } = parsed.check();
    if (!valid || type === undefined) return { faults: [faultOf(error)] };
    return finish(
      { ast: parsed.ast, type },
      {
        source: text,
        text: text.replace(/\s+/g, ' ').trim(),
        ...namesIn(parsed.ast),
      },
    );
  } catch (error) {
    return { faults: [faultOf(error)] };
  }
}

/** Whatever the evaluator throws about a text is a fault of the text: a stack that overflows too. */
function faultOf(error: unknown): ExpressionFault {
  const { summary, range } = (error ?? {}) as { summary?: unknown; range?: { start?: unknown } };
  const at = typeof range?.start === 'number' ? range.start : 0;
  return {
    at,
    expected: typeof summary === 'string' ? `an expression that holds together: ${summary}` : 'a simpler expression',
  };
}

function namesIn(ast: ASTNode): Pick<Text, 'facts' | 'settings'> {
  const paths = [...new Set(pathsIn(ast))];
  return { facts: paths.filter(isFactPath), settings: paths.filter(isSetting) };
}

function pathsIn(ast: ASTNode): readonly string[] {
  const path = pathOf(ast);
  return path === undefined ? childrenOf(ast).flatMap(pathsIn) : [path];
}

/** One node for one canonical text: a condition that many rules share is one. */
function internNode(ast: ASTNode, nodes: Map<string, Node>, toRun: (text: string) => ParseResult): Node {
  const text = print(ast);
  const known = nodes.get(text);
  if (known !== undefined) return known;
  const shape = shapeOf(ast, (part) => internNode(part, nodes, toRun)) ?? hasOf(ast) ?? leafOf(ast, text, toRun);
  const node: Node = { ...shape, slot: nodes.size };
  nodes.set(text, node);
  return node;
}

type Shape<N> = N extends Node ? Omit<N, 'slot'> : never;

function shapeOf(ast: ASTNode, part: (ast: ASTNode) => Node): Shape<Pair | Not | Choice> | undefined {
  if (ast.op === '!_') return { kind: 'not', of: part(ast.args) };
  if (ast.op === '&&') return { kind: 'and', left: part(ast.args[0]), right: part(ast.args[1]) };
  if (ast.op === '||') return { kind: 'or', left: part(ast.args[0]), right: part(ast.args[1]) };
  if (ast.op !== '?:') return undefined;
  const [condition, yes, no] = ast.args;
  return { kind: 'if', condition: part(condition), yes: part(yes), no: part(no) };
}

function hasOf(ast: ASTNode): Shape<Has> | undefined {
  const [argument] = ast.op === 'call' && ast.args[0] === 'has' ? ast.args[1] : [];
  const fact = argument === undefined ? undefined : pathOf(argument);
  return fact !== undefined && isFactPath(fact) ? { kind: 'has', fact } : undefined;
}

function leafOf(ast: ASTNode, text: string, toRun: (text: string) => ParseResult): Shape<Leaf> {
  const run = toRun(text);
  return { kind: 'leaf', text, needs: needsOf(ast), run };
}

const needsOf = (ast: ASTNode): readonly string[] => [...new Set(strictPaths(ast).filter(isFactPath).map(flatName))];

/** Paths that are read whatever the others hold: not the branches of a choice, not the bodies of a macro. */
function strictPaths(ast: ASTNode): readonly string[] {
  const path = pathOf(ast);
  if (path !== undefined) return [path];
  if (ast.op === '&&' || ast.op === '||') return [];
  if (ast.op === '?:') return strictPaths(ast.args[0]);
  if (ast.op === 'rcall' && ast.args[2][0]?.op === 'id') return strictPaths(ast.args[1]);
  return childrenOf(ast).flatMap(strictPaths);
}
