import type { ASTNode } from '@marcbachmann/cel-js';
import { childrenOf, pathOf } from '../cel/fences.ts';
import { print } from '../cel/print.ts';
import { compareVersions, isVersion } from '../order.ts';
import { type Lists, literalOf } from './domains.ts';

/** An expression, with the lists that it may name. */
export interface Stated {
  readonly tree: ASTNode;
  readonly lists: Lists;
}

/**
 * Whether `right` is true wherever `left` is. True only where their texts show it: the logic around them, and constants
 * of one and the same fact. False says nothing.
 */
export function impliesTrue(left: Stated, right: Stated): boolean {
  return shows(normal(left, true), normal(right, true));
}

/** Whether `right` is false wherever `left` is. */
export function impliesFalse(left: Stated, right: Stated): boolean {
  return shows(normal(left, false), normal(right, false));
}

/** A formula whose negations all stand at its leaves: the laws that move them hold for three values too. */
type Normal =
  | { readonly op: 'and' | 'or'; readonly parts: readonly Normal[] }
  | { readonly op: 'leaf'; readonly leaf: Stated; readonly isMeant: boolean };

function normal({ tree, lists }: Stated, isMeant: boolean): Normal {
  const part = (each: ASTNode, meant: boolean): Normal => normal({ tree: each, lists }, meant);
  if (tree.op === '!_') return part(tree.args, !isMeant);
  if (tree.op !== '&&' && tree.op !== '||') return { op: 'leaf', leaf: { tree, lists }, isMeant };
  const op = (tree.op === '&&') === isMeant ? 'and' : 'or';
  return { op, parts: tree.args.map((each) => part(each, isMeant)) };
}

function shows(left: Normal, right: Normal): boolean {
  if (right.op === 'and') return right.parts.every((part) => shows(left, part));
  if (left.op === 'or') return left.parts.every((part) => shows(part, right));
  if (left.op === 'and' && left.parts.some((part) => shows(part, right))) return true;
  if (right.op === 'or') return right.parts.some((part) => shows(left, part));
  if (left.op !== 'leaf' || right.op !== 'leaf') return false;
  return left.isMeant === right.isMeant && leafShows(left.leaf, right.leaf, left.isMeant);
}

/** Where both are denied, the order turns round: leaves of one fact are known or unknown together. */
function leafShows(left: Stated, right: Stated, isMeant: boolean): boolean {
  return isSame(left, right) || (isMeant ? leafImplies(left, right) : leafImplies(right, left));
}

/** One text, and the lists that it names have the same entries. */
export function isSame(left: Stated, right: Stated): boolean {
  if (print(left.tree) !== print(right.tree)) return false;
  return listNamesIn(left.tree).every((name) => isSameList(left.lists[name], right.lists[name]));
}

function isSameList(left: readonly string[] = [], right: readonly string[] = []): boolean {
  return left.length === right.length && left.every((entry) => right.includes(entry));
}

function listNamesIn(tree: ASTNode): readonly string[] {
  const path = pathOf(tree);
  if (path === undefined) return childrenOf(tree).flatMap(listNamesIn);
  return path.startsWith('lists.') ? [path.slice('lists.'.length)] : [];
}

/** What a leaf demands of one fact. */
interface Demand {
  readonly path: string;
  readonly kind: 'in' | 'atLeast' | 'atMost' | 'version';
  readonly values: readonly (string | bigint)[];
}

function leafImplies(left: Stated, right: Stated): boolean {
  const [one, other] = [demandOf(left), demandOf(right)];
  return one !== undefined && other !== undefined && one.path === other.path && isStronger(one, other);
}

function isStronger(one: Demand, other: Demand): boolean {
  if (one.kind === 'in' && other.kind === 'in') return one.values.every((each) => other.values.includes(each));
  const [a, b] = [one.values[0], other.values[0]];
  if (one.kind !== other.kind || a === undefined || b === undefined || typeof a !== typeof b) return false;
  if (one.kind === 'atLeast') return a >= b;
  if (one.kind === 'atMost') return a <= b;
  return isVersion(String(a)) && isVersion(String(b)) && compareVersions(String(a), String(b)) >= 0;
}

const BOUNDS: Readonly<Record<string, Demand['kind'] | undefined>> = { '>=': 'atLeast', '<=': 'atMost' };

function demandOf({ tree, lists }: Stated): Demand | undefined {
  const [first, second] = childrenOf(tree);
  const path = first === undefined ? undefined : (pathOf(first) ?? measureOf(first));
  if (path === undefined || second === undefined) return undefined;
  const kind = tree.op === 'call' && tree.args[0] === 'versionAtLeast' ? 'version' : BOUNDS[tree.op];
  const values = kind === undefined ? membersOf(tree, second, lists) : valuesOf(second);
  return values === undefined ? undefined : { path, kind: kind ?? 'in', values };
}

/** `size(list)` and `daysSince(date, now)` are numbers that a fact gives, as good as a fact. A list of the document is none. */
function measureOf(tree: ASTNode): string | undefined {
  const isMeasure = tree.op === 'call' && ['size', 'daysSince'].includes(tree.args[0]);
  return isMeasure && listNamesIn(tree).length === 0 ? print(tree) : undefined;
}

function membersOf({ op }: ASTNode, operand: ASTNode, lists: Lists): Demand['values'] | undefined {
  if (op === '==') return valuesOf(operand);
  if (op !== 'in') return undefined;
  const path = pathOf(operand);
  if (path?.startsWith('lists.') === true) return lists[path.slice('lists.'.length)];
  if (operand.op !== 'list') return undefined;
  const values = operand.args.map(literalOf).filter((each) => each !== undefined);
  return values.length === operand.args.length ? values : undefined;
}

function valuesOf(operand: ASTNode): Demand['values'] | undefined {
  const value = literalOf(operand);
  return value === undefined ? undefined : [value];
}
