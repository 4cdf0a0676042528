import type { ASTNode } from '@marcbachmann/cel-js';
import type { Text } from '../cel/check.ts';
import { createSourceEnvironment } from '../cel/environment.ts';
import type { Policy } from '../policy.ts';

/** The syntax tree of an expression of a policy. */
export type Trees = (expression: Text) => ASTNode;

/** Parses expressions of one policy again, for readers that look at how they are written. */
export function treesOf({ lists }: Policy): Trees {
  const environment = createSourceEnvironment(Object.keys(lists));
  return ({ source }) => environment.parse(source).ast;
}
