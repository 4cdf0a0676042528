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
  if (isSame(left, right)) return true;
  const [one, other] = [partsOf(left), partsOf(right)];
  if (other.op === '&&') return other.parts.every((part) => impliesTrue(left, part));
  if (one.op === '||') return one.parts.every((part) => impliesTrue(part, right));
  if (one.op === '&&' && one.parts.some((part) => impliesTrue(part, right))) return true;
  if (other.op === '||' && other.parts.some((part) => impliesTrue(left, part))) return true;
  if (one.op === '!_' && other.op === '!_') return impliesFalse(one.parts[0] ?? left, other.parts[0] ?? right);
  return isLeaf(one) && isLeaf(other) && leafImplies(left, right);
}

/** Whether `right` is false wherever `left` is. */
export function impliesFalse(left: Stated, right: Stated): boolean {
  if (isSame(left, right)) return true;
  const [one, other] = [partsOf(left), partsOf(right)];
  if (other.op === '||') return other.parts.every((part) => impliesFalse(left, part));
  if (one.op === '&&') return one.parts.every((part) => impliesFalse(part, right));
  if (one.op === '||' && one.parts.some((part) => impliesFalse(part, right))) return true;
  if (other.op === '&&' && other.parts.some((part) => impliesFalse(left, part))) return true;
  if (one.op === '!_' && other.op === '!_') return impliesTrue(one.parts[0] ?? left, other.parts[0] ?? right);
  // Both look at one fact alone, so both are known together: where the left is false the right cannot be unknown.
  return isLeaf(one) && isLeaf(other) && leafImplies(right, left);
}

interface Parts {
  readonly op: string;
  readonly parts: readonly Stated[];
}

const JOINTS: ReadonlySet<string> = new Set(['&&', '||', '!_']);
const isLeaf = ({ op }: Parts): boolean => !JOINTS.has(op);

function partsOf({ tree, lists }: Stated): Parts {
  return { op: tree.op, parts: JOINTS.has(tree.op) ? childrenOf(tree).map((each) => ({ tree: each, lists })) : [] };
}

/** One text, and the lists that it names have the same entries. */
export function isSame(left: Stated, right: Stated): boolean {
  if (print(left.tree) !== print(right.tree)) return false;
  return listNamesIn(left.tree).every((name) => isSameList(left.lists[name], right.lists[name]));
}

function isSameList(left: readonly string[] = [], right: readonly string[] = []): boolean {
  return left.length === right.length && left.every((entry) => right.includes(entry));
}

export function listNamesIn(tree: ASTNode): readonly string[] {
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

/** `size(list)` and `daysSince(date, now)` are numbers that a fact gives, as good as a fact. */
function measureOf(tree: ASTNode): string | undefined {
  return tree.op === 'call' && ['size', 'daysSince'].includes(tree.args[0]) ? print(tree) : undefined;
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
