import type { FactPath } from '../facts.ts';

/** What is known of a yes-or-no question. `fault`: the expression itself cannot be evaluated on these facts. */
export const TRUE = 1;
export const FALSE = 2;
export const UNKNOWN = 3;
export const FAULT = 4;
export type Truth = typeof TRUE | typeof FALSE | typeof UNKNOWN | typeof FAULT;

/** A part that the evaluator of the language decides. */
export interface Leaf {
  readonly kind: 'leaf';
  readonly slot: number;
  /** The part in its canonical text, for messages about the policy. */
  readonly text: string;
  /** Facts whose absence makes the part unknown, whatever else is known, by the names of their variables. */
  readonly needs: readonly string[];
  readonly run: (values: Values) => unknown;
}

/** Whether a fact is there: unknown where it is merely claimed and only proof counts. */
export interface Has {
  readonly kind: 'has';
  readonly slot: number;
  readonly fact: FactPath;
}

/** Two parts joined by the logic of three values. */
export interface Pair {
  readonly kind: 'and' | 'or';
  readonly slot: number;
  readonly left: Node;
  readonly right: Node;
}

export interface Not {
  readonly kind: 'not';
  readonly slot: number;
  readonly of: Node;
}

export interface Choice {
  readonly kind: 'if';
  readonly slot: number;
  readonly condition: Node;
  readonly yes: Node;
  readonly no: Node;
}

/** A yes-or-no expression as a tree. Equal parts of one policy are one node, with one slot for their result. */
export type Node = Leaf | Has | Pair | Not | Choice;

/** Variables by their flat names; what is absent is not in it. */
export type Values = Record<string, unknown>;
