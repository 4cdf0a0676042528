import { THREAT_NAMES } from '@assay/core';
import type { ASTNode } from '@marcbachmann/cel-js';
import { FACT_PATHS, FACTS, isFactPath } from '../facts.ts';
import { perhaps } from '../perhaps.ts';
import { isSetting, SETTINGS } from './environment.ts';
import { FUNCTIONS } from './functions.ts';

/** A fault at a place in an expression, in UTF-16 units from its start. */
export interface ExpressionFault {
  readonly at: number;
  readonly expected: string;
}

/** Everything else of the language is refused: what is not here was never weighed. `matches` is a backtracking RegExp. */
const OPERATORS: ReadonlySet<string> = new Set([
  'value',
  'id',
  '.',
  'call',
  'rcall',
  'list',
  '?:',
  '||',
  '&&',
  '!_',
  '-_',
  '==',
  '!=',
  '<',
  '<=',
  '>',
  '>=',
  'in',
  '+',
  '-',
]);
const MACROS: ReadonlySet<string> = new Set(['all', 'exists', 'exists_one', 'filter', 'map']);
const METHODS: ReadonlySet<string> = new Set(['contains', 'startsWith', 'endsWith', 'size']);
const CALLS: ReadonlySet<string> = new Set(['has', 'size', ...Object.keys(FUNCTIONS)]);
const ORDERINGS: ReadonlySet<string> = new Set(['<', '<=', '>', '>=']);
/** Operators whose operands are yes, no or unknown: `has()` may stand only there. */
const LOGICAL: ReadonlySet<string> = new Set(['||', '&&', '!_', '?:']);

/** What the types of an expression do not refuse. All faults, in reading order. */
export function fencesOf(ast: ASTNode, { isQuestion }: { readonly isQuestion: boolean }): readonly ExpressionFault[] {
  return walk(ast, { logical: isQuestion, macro: undefined }).toSorted((left, right) => left.at - right.at);
}

interface Place {
  /** Whether this operand decides yes or no by itself. */
  readonly logical: boolean;
  /** The variable of the macro around, if any. */
  readonly macro: string | undefined;
}
type Faults = readonly ExpressionFault[];
type Call = ASTNode & { op: 'call' };
type Method = ASTNode & { op: 'rcall' };

const GOOD: Faults = [];
const fault = ({ start }: ASTNode, expected: string): Faults => [{ at: start, expected }];
/** At the name of a method, which follows its receiver and a dot. */
const faultAtName = ({ args: [, { end }] }: Method, expected: string): Faults => [{ at: end + 1, expected }];

function walk(node: ASTNode, place: Place): Faults {
  if (!OPERATORS.has(node.op))
    return fault(node, `no \`${node.op.replace('_', '')}\`: it is not part of this language`);
  if (node.op === 'value')
    return isPlain(node) ? GOOD : fault(node, 'a text, a whole number of 64 bits, true or false');
  if (node.op === 'id' || node.op === '.') return walkPath(node, place);
  if (node.op === 'call') return walkCall(node, place);
  if (node.op === 'rcall') return walkMethod(node, place);
  const inner = { ...place, logical: place.logical && LOGICAL.has(node.op) };
  return [...checkOperands(node), ...childrenOf(node).flatMap((child) => walk(child, inner))];
}

/** The evaluator takes whole numbers of any length, which the language has not. */
function isPlain({ args }: ASTNode): boolean {
  return typeof args === 'bigint' ? BigInt.asIntN(64, args) === args : ['string', 'boolean'].includes(typeof args);
}

function checkOperands(node: ASTNode): Faults {
  if (node.op === '==' || node.op === '!=' || node.op === 'in') return checkChoices(node);
  return ORDERINGS.has(node.op) ? checkOrder(node) : GOOD;
}

export function childrenOf(node: ASTNode): readonly ASTNode[] {
  if (node.op === 'call') return node.args[1];
  if (node.op === 'rcall') return [node.args[1], ...node.args[2]];
  if (node.op === '.') return [node.args[0]];
  if (typeof node.args !== 'object' || node.args === null) return [];
  const args: unknown = node.args;
  return (Array.isArray(args) ? args : [args]).filter(isNode);
}

const isNode = (value: unknown): value is ASTNode => typeof value === 'object' && value !== null && 'op' in value;

/** The dotted path that a node spells, if it is one: `device.locked`, `lists.boot_keys`, `now`. */
export function pathOf(node: ASTNode): string | undefined {
  if (node.op === 'id') return node.args;
  if (node.op !== '.') return undefined;
  const [left, name] = node.args;
  return left.op === 'id' ? `${left.args}.${name}` : undefined;
}

/** Fields that do not exist are found here also inside has(), where the evaluator does not look. */
function walkPath(node: ASTNode, place: Place): Faults {
  const path = pathOf(node);
  const isKnown = path !== undefined && (isFactPath(path) || isSetting(path) || path.startsWith('lists.'));
  if (isKnown || path === place.macro) return GOOD;
  if (path === undefined) return fault(node, `${EXPECTED}, not this`);
  return fault(node, `${perhaps(path, [...FACT_PATHS, ...Object.keys(SETTINGS)])}${EXPECTED}, not \`${path}\``);
}

const EXPECTED = 'a fact, a list or a variable of the reference';

function walkCall(node: Call, place: Place): Faults {
  const [name, args] = node.args;
  if (!CALLS.has(name)) return fault(node, `one of the functions ${[...CALLS].join(', ')}`);
  if (name === 'has') return walkHas(node, place);
  return [...checkLiterals(name, args), ...args.flatMap((each) => walk(each, { ...place, logical: false }))];
}

/** It may stand only where it is evaluated with its three outcomes: see `ask.ts`. */
function walkHas(node: Call, place: Place): Faults {
  const [argument = node] = node.args[1];
  const path = pathOf(argument);
  return [
    ...(path !== undefined && isFactPath(path) ? GOOD : fault(argument, 'a fact inside has()')),
    ...(place.logical ? GOOD : fault(node, 'has() alone, or under !, &&, || and ?:')),
  ];
}

function checkLiterals(name: string, args: readonly ASTNode[]): Faults {
  const row = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
  if (row === undefined) return GOOD;
  return args.flatMap((each, index) => {
    const isGood = row.literals[index] ?? (() => true);
    return each.op !== 'value' || isGood(String(each.args)) ? GOOD : fault(each, row.literal);
  });
}

function walkMethod(node: Method, place: Place): Faults {
  const [name, receiver, args] = node.args;
  const inner = { ...place, logical: false };
  return [
    ...walk(receiver, inner),
    ...(MACROS.has(name) ? walkMacro(node, place) : walkArguments(node, name, args, inner)),
  ];
}

function walkArguments(node: Method, name: string, args: readonly ASTNode[], place: Place): Faults {
  if (METHODS.has(name)) return args.flatMap((each) => walk(each, place));
  return faultAtName(node, `one of ${[...METHODS, ...MACROS].join(', ')}; glob() matches patterns`);
}

/**
 * A macro in a macro multiplies the lengths of two lists that the evidence brings, and one after another can double a text
 * with every step: each goes over a list as it stands.
 */
function walkMacro(node: Method, place: Place): Faults {
  const [, receiver, [variable, ...bodies]] = node.args;
  if (place.macro !== undefined) return faultAtName(node, 'no macro inside a macro');
  if (pathOf(receiver) === undefined && receiver.op !== 'list')
    return faultAtName(node, 'a macro over a list as it stands');
  if (variable?.op !== 'id') return fault(node, 'a variable name first');
  const inner = { logical: false, macro: variable.args };
  const name = isFree(variable.args) ? GOOD : fault(variable, 'a name of letters and digits that is not taken');
  return [...name, ...bodies.flatMap((body) => walk(body, inner))];
}

/** A macro must not hide what has a name, nor a fact under its flat one, in which there is an underscore. */
function isFree(name: string): boolean {
  return !name.includes('_') && !TAKEN.has(name) && !isSetting(name);
}

const TAKEN: ReadonlySet<string> = new Set(['lists', ...FACT_PATHS.map((path) => path.replace(/\..*/, ''))]);

/** Texts compare letter by letter: version 9 would be later than 17. */
function checkOrder(node: ASTNode): Faults {
  return childrenOf(node).flatMap((child) => {
    const path = pathOf(child);
    const isVersion = path !== undefined && isFactPath(path) && FACTS[path].type === 'version';
    return isVersion ? fault(child, 'versionAtLeast() for a version') : GOOD;
  });
}

/** A misspelt choice would never be met, and its rule would be dead or always fail. */
function checkChoices(node: ASTNode): Faults {
  const [left, right] = childrenOf(node);
  if (left === undefined || right === undefined) return GOOD;
  return [...checkAgainst(valuesOf(left), right), ...checkAgainst(valuesOf(right), left)];
}

function checkAgainst(values: readonly string[] | undefined, other: ASTNode): Faults {
  if (values === undefined) return GOOD;
  const misspelt = literalsOf(other).filter(({ args }) => !values.includes(String(args)));
  return misspelt.flatMap((each) => fault(each, `one of ${values.join(', ')}`));
}

function valuesOf(node: ASTNode): readonly string[] | undefined {
  const path = pathOf(node);
  if (path === 'raised' || path === 'proven') return THREAT_NAMES;
  return path !== undefined && isFactPath(path) ? FACTS[path].values : undefined;
}

function literalsOf(node: ASTNode): readonly ASTNode[] {
  if (node.op === 'list') return node.args.filter(({ op }) => op === 'value');
  return node.op === 'value' ? [node] : [];
}
