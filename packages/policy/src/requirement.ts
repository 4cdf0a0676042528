import type { FactPath, FactType, FactValue } from './facts.ts';
import { compareOrdered } from './order.ts';

export type Scalar = string | number | boolean;

/** What each kind of requirement is given. */
export interface Operands {
  /** The fact is there, whatever its value. */
  present: true;
  equals: Scalar;
  in: readonly Scalar[];
  atLeast: string | number;
  atMost: string | number;
  /** Every one of these is in the list. */
  includes: readonly (string | number)[];
  /** None of these is in the list. */
  excludes: readonly (string | number)[];
  /** Equal to this other fact, which must be known equally well. */
  sameAs: FactPath;
  /** None of these signals is raised. */
  notRaised: readonly string[];
}

export type RequirementKind = keyof Operands;

/** One or more kinds, all of which must hold. */
export type Requirement = { readonly [K in RequirementKind]?: Operands[K] };

/** The value of another fact, undefined where it is not known well enough. */
export type Look = (path: FactPath) => FactValue | undefined;

interface KindRow<K extends RequirementKind> {
  /** Types of fact that this kind makes sense for. */
  readonly types: readonly FactType[];
  readonly holds: (value: FactValue, operand: Operands[K], type: FactType, look: Look) => boolean;
}

const SCALARS: readonly FactType[] = ['text', 'choice', 'boolean', 'number', 'version', 'date'];
const ORDERED: readonly FactType[] = ['number', 'version', 'date'];
const LISTS: readonly FactType[] = ['texts', 'numbers'];

/** Every kind of requirement. A value of an unexpected shape holds nowhere. */
export const KINDS: { readonly [K in RequirementKind]: KindRow<K> } = {
  present: { types: [...SCALARS, ...LISTS], holds: () => true },
  equals: { types: SCALARS, holds: (value, operand) => value === operand },
  in: { types: SCALARS, holds: (value, operand) => operand.some((each) => each === value) },
  atLeast: { types: ORDERED, holds: (value, operand, type) => (compareOrdered(type, value, operand) ?? -1) >= 0 },
  atMost: { types: ORDERED, holds: (value, operand, type) => (compareOrdered(type, value, operand) ?? 1) <= 0 },
  includes: { types: LISTS, holds: (value, operand) => operand.every((each) => listOf(value)?.includes(each)) },
  excludes: {
    types: LISTS,
    holds: (value, operand) => operand.every((each) => listOf(value)?.includes(each) === false),
  },
  sameAs: { types: SCALARS, holds: (value, operand, _type, look) => value === look(operand) },
  notRaised: { types: ['signals'], holds: (value, operand) => !operand.some((name) => isRaised(value, name)) },
};

export const KIND_NAMES: readonly RequirementKind[] = Object.keys(KINDS).filter(isKind);

export function isKind(text: string): text is RequirementKind {
  return Object.hasOwn(KINDS, text);
}

/** True when every kind that the requirement names holds. A requirement that names none holds never. */
export function meets(requirement: Requirement, value: FactValue, type: FactType, look: Look): boolean {
  const named = KIND_NAMES.filter((kind) => requirement[kind] !== undefined);
  return named.length > 0 && named.every((kind) => meetsKind(kind, requirement, value, type, look));
}

function meetsKind<K extends RequirementKind>(
  kind: K,
  requirement: Requirement,
  value: FactValue,
  type: FactType,
  look: Look,
): boolean {
  const operand = requirement[kind];
  return operand !== undefined && KINDS[kind].holds(value, operand, type, look);
}

/** The requirement in one line, for the trace. */
export function toText(requirement: Requirement): string {
  const parts = KIND_NAMES.filter((kind) => requirement[kind] !== undefined);
  return parts.map((kind) => (kind === 'present' ? kind : `${kind} ${show(requirement[kind])}`)).join(' and ');
}

function show(operand: Operands[RequirementKind] | undefined): string {
  return typeof operand === 'object' ? operand.join(' | ') : String(operand);
}

function listOf(value: FactValue): readonly (string | number)[] | undefined {
  if (typeof value !== 'object') return undefined;
  const entries = value.filter((each) => typeof each !== 'object');
  return entries.length === value.length ? entries : undefined;
}

/** A value that is no list of signals counts as raised: nothing unexpected holds. */
function isRaised(value: FactValue, name: string): boolean {
  if (typeof value !== 'object') return true;
  return value.some((each) => typeof each !== 'object' || (each.value && each.name === name));
}
