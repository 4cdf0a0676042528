import { ConfigError } from '@assay/core';
import type { ASTNode } from '@marcbachmann/cel-js';
import { flatName } from './environment.ts';
import { pathOf } from './fences.ts';

/**
 * The canonical text of a fenced expression, every bracket written and every fact under its flat name. Two expressions
 * with one text are one, and are evaluated once.
 */
export function print(node: ASTNode): string {
  const path = pathOf(node);
  if (path !== undefined) return flatName(path);
  switch (node.op) {
    case 'value':
      return typeof node.args === 'string' ? JSON.stringify(node.args) : String(node.args);
    case 'list':
      return `[${node.args.map(print).join(', ')}]`;
    case 'call':
      return `${node.args[0]}(${node.args[1].map(print).join(', ')})`;
    case 'rcall':
      return `(${print(node.args[1])}).${node.args[0]}(${node.args[2].map(print).join(', ')})`;
    case '!_':
    case '-_':
      return `${node.op[0]}(${print(node.args)})`;
    case '?:': {
      const [condition, yes, no] = node.args.map(print);
      return `(${condition} ? ${yes} : ${no})`;
    }
    case '||':
    case '&&':
    case '==':
    case '!=':
    case '<':
    case '<=':
    case '>':
    case '>=':
    case 'in':
    case '+':
    case '-':
      return `(${print(node.args[0])} ${node.op} ${print(node.args[1])})`;
    default:
      throw new ConfigError('policy.document_invalid', `an operator that the fences let through: ${node.op}`);
  }
}
