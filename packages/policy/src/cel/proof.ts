import type { Node } from './node.ts';

/**
 * Whether an expression can hold only where some fact is known: what is raised, how late it is or what was not said
 * never makes it hold. Errs towards no.
 */
export function needsProof(node: Node): boolean {
  return !mayHold(node);
}

/** Whether a node may say yes with every fact absent, whatever the other variables are. */
function mayHold(node: Node): boolean {
  switch (node.kind) {
    case 'leaf':
      return node.needs.length === 0;
    case 'has':
      return false;
    case 'and':
      return mayHold(node.left) && mayHold(node.right);
    case 'or':
      return mayHold(node.left) || mayHold(node.right);
    case 'not':
      return mayFail(node.of);
    case 'if':
      return (mayHold(node.condition) && mayHold(node.yes)) || (mayFail(node.condition) && mayHold(node.no));
  }
}

/** Whether a node may say no with every fact absent: unknown is no no. */
function mayFail(node: Node): boolean {
  switch (node.kind) {
    case 'leaf':
      return node.needs.length === 0;
    case 'has':
      return true;
    case 'and':
      return mayFail(node.left) || mayFail(node.right);
    case 'or':
      return mayFail(node.left) && mayFail(node.right);
    case 'not':
      return mayHold(node.of);
    case 'if':
      return (mayHold(node.condition) && mayFail(node.yes)) || (mayFail(node.condition) && mayFail(node.no));
  }
}
