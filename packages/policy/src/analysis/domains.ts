import type { ASTNode } from '@marcbachmann/cel-js';
import { isSetting } from '../cel/environment.ts';
import { childrenOf, pathOf } from '../cel/fences.ts';
import { EXAMPLE_TIME } from '../examples/devices.ts';
import { FACTS, isFactPath } from '../facts.ts';

/** What an expression compares a variable with. */
export interface Mentions {
  readonly constants: Set<string | bigint>;
  /** Lengths that a list is compared with. */
  readonly sizes: Set<number>;
  /** Whether the values made of these constants stand for all there are: not so under a pattern or in arithmetic. */
  isExact: boolean;
}

export type MentionTable = Map<string, Mentions>;
export type Lists = Readonly<Record<string, readonly string[]>>;

/** Longest list whose entries are tried one by one. */
const MAX_TRIED = 24;
const DAY_MS = 86_400_000;
const COMPARISONS: ReadonlySet<string> = new Set(['==', '!=', '<', '<=', '>', '>=']);

/** Every variable that the trees name, with what it is compared with. */
export function mentionsIn(trees: readonly ASTNode[], lists: Lists): MentionTable {
  const table: MentionTable = new Map();
  for (const tree of trees) collect(tree, table, lists);
  return table;
}

function mentionsOf(table: MentionTable, path: string): Mentions {
  const known = table.get(path) ?? { constants: new Set(), sizes: new Set(), isExact: true };
  table.set(path, known);
  return known;
}

const isVariable = (path: string | undefined): path is string =>
  path !== undefined && (isFactPath(path) || isSetting(path));

function collect(node: ASTNode, table: MentionTable, lists: Lists): void {
  const path = pathOf(node);
  if (isVariable(path)) mentionsOf(table, path);
  else if (COMPARISONS.has(node.op)) collectComparison(node, table, lists);
  else if (node.op === 'in') collectMembership(node, table, lists);
  else if (node.op === 'call' && node.args[0] === 'versionAtLeast') collectComparison(node, table, lists);
  else if (['&&', '||', '!_', '?:'].includes(node.op) || isHas(node)) {
    for (const child of childrenOf(node)) collect(child, table, lists);
  } else loosen(node, table);
}

const isHas = (node: ASTNode): boolean => node.op === 'call' && node.args[0] === 'has';

/** A variable beside a constant; `size(list)` or `daysSince(date, now)` beside a number; two variables beside each other. */
function collectComparison(node: ASTNode, table: MentionTable, lists: Lists): void {
  const [left, right] = childrenOf(node);
  if (left === undefined || right === undefined) return;
  const [one, other] = literalOf(left) === undefined ? [left, right] : [right, left];
  const constant = literalOf(other);
  const path = pathOf(one);
  if (constant === undefined) collectPair(node, one, other, table);
  else if (isVariable(path)) {
    mentionsOf(table, path).constants.add(constant);
    mentionsOf(table, path).isExact &&= !isAlphabetical(node, path);
  } else if (!collectMeasure(one, constant, table)) {
    loosen(one, table);
    for (const child of childrenOf(one)) collect(child, table, lists);
  }
}

/** Texts have an order too, and nothing here makes a text between two others. */
function isAlphabetical({ op }: ASTNode, path: string): boolean {
  return ['<', '<=', '>', '>='].includes(op) && isFactPath(path) && FACTS[path].type === 'text';
}

/** Facts that are compared with each other take each other's values. */
function collectPair(node: ASTNode, left: ASTNode, right: ASTNode, table: MentionTable): void {
  const [one, other] = [pathOf(left), pathOf(right)];
  if (!isVariable(one) || !isVariable(other)) {
    loosen(node, table);
    return;
  }
  const [a, b] = [mentionsOf(table, one), mentionsOf(table, other)];
  const shared = ['first', 'second', ...a.constants, ...b.constants];
  const isChoice = isFactPath(one) && FACTS[one].type === 'choice';
  for (const mentions of [a, b]) {
    if (!isChoice) for (const constant of shared) mentions.constants.add(constant);
    mentions.isExact &&= isChoice;
  }
}

function collectMeasure(node: ASTNode, constant: string | bigint, table: MentionTable): boolean {
  const [measured] = childrenOf(node);
  const path = measured === undefined ? undefined : pathOf(measured);
  if (!isVariable(path) || typeof constant !== 'bigint') return false;
  const name = node.op === 'call' || node.op === 'rcall' ? node.args[0] : undefined;
  if (name === 'size') mentionsOf(table, path).sizes.add(Number(constant));
  if (name === 'daysSince')
    for (const date of datesAround(Number(constant))) mentionsOf(table, path).constants.add(date);
  return name === 'size' || name === 'daysSince';
}

function datesAround(days: number): readonly string[] {
  return [days - 1, days, days + 1]
    .map((each) => new Date(EXAMPLE_TIME - each * DAY_MS))
    .filter((date) => !Number.isNaN(date.getTime()) && date.getUTCFullYear() > 999 && date.getUTCFullYear() <= 9999)
    .map((date) => date.toISOString().slice(0, 'YYYY-MM-DD'.length));
}

/** A variable in a list, or a constant in a variable that is one. */
function collectMembership(node: ASTNode, table: MentionTable, lists: Lists): void {
  const [left, right] = childrenOf(node);
  if (left === undefined || right === undefined) return;
  const [path, container] = [pathOf(left), pathOf(right)];
  const constant = literalOf(left);
  const entries = entriesOf(right, lists);
  if (isVariable(path) && entries !== undefined) {
    const mentions = mentionsOf(table, path);
    for (const entry of entries.slice(0, MAX_TRIED)) mentions.constants.add(entry);
    mentions.isExact &&= entries.length <= MAX_TRIED;
  } else if (constant !== undefined && isVariable(container)) mentionsOf(table, container).constants.add(constant);
  else if (constant === undefined || entries === undefined) loosen(node, table);
}

function entriesOf(node: ASTNode, lists: Lists): readonly (string | bigint)[] | undefined {
  const path = pathOf(node);
  if (path?.startsWith('lists.') === true) return lists[path.slice('lists.'.length)];
  if (node.op !== 'list') return undefined;
  const entries = node.args.map(literalOf).filter((each) => each !== undefined);
  return entries.length === node.args.length ? entries : undefined;
}

export function literalOf(node: ASTNode): string | bigint | undefined {
  return node.op === 'value' && (typeof node.args === 'string' || typeof node.args === 'bigint')
    ? node.args
    : undefined;
}

/** Patterns, macros and arithmetic: the constants in them are worth a try, and prove nothing when all fail. */
function loosen(node: ASTNode, table: MentionTable): void {
  const nodes = allIn(node);
  const constants = nodes.map(literalOf).filter((each) => each !== undefined);
  for (const path of nodes.map(pathOf).filter(isVariable)) {
    const mentions = mentionsOf(table, path);
    for (const constant of constants)
      mentions.constants.add(typeof constant === 'string' ? constant.replaceAll('*', '') : constant);
    mentions.isExact = false;
  }
}

function allIn(node: ASTNode): readonly ASTNode[] {
  return [node, ...(pathOf(node) === undefined ? childrenOf(node).flatMap(allIn) : [])];
}
