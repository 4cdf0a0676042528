import type { ASTNode, ParseResult } from '@marcbachmann/cel-js';
import { isFactPath } from '../facts.ts';
import { flatName } from './environment.ts';
import { childrenOf, pathOf } from './fences.ts';
import type { Choice, Has, Leaf, Node, Not, Pair } from './node.ts';
import { print } from './print.ts';

type Compile = (text: string) => ParseResult;

/** One node for one canonical text: a condition that many rules share is one. */
export function internNode(ast: ASTNode, nodes: Map<string, Node>, toRun: Compile): Node {
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

function leafOf(ast: ASTNode, text: string, toRun: Compile): Shape<Leaf> {
  const run = toRun(text);
  return { kind: 'leaf', text, needs: needsOf(ast), run };
}

/** Facts without which an expression says nothing, by the names of their variables. */
export const needsOf = (ast: ASTNode): readonly string[] => [
  ...new Set(strictPaths(ast).filter(isFactPath).map(flatName)),
];

/** Paths that are read whatever the others hold: not the branches of a choice, not the bodies of a macro. */
function strictPaths(ast: ASTNode): readonly string[] {
  const path = pathOf(ast);
  if (path !== undefined) return [path];
  if (ast.op === '&&' || ast.op === '||') return [];
  if (ast.op === '?:') return strictPaths(ast.args[0]);
  if (ast.op === 'rcall' && ast.args[2][0]?.op === 'id') return strictPaths(ast.args[1]);
  return childrenOf(ast).flatMap(strictPaths);
}
