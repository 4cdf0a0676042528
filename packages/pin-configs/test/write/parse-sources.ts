import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { importWeight } from '../../../../tools/weights.ts';

/** Reads sources on stdin, parses each by its grammar, and prints `[name, fault]` for each; an empty fault is none. */

/** One file to parse. */
export interface Source {
  readonly name: string;
  readonly grammar: string;
  readonly text: string;
}

interface SyntaxNode {
  readonly hasError: boolean;
  readonly isError: boolean;
  readonly isMissing: boolean;
  readonly startPosition: { readonly row: number };
  readonly children: readonly (SyntaxNode | null)[];
}

interface Grammar {
  setLanguage(language: unknown): void;
  parse(text: string): { readonly rootNode: SyntaxNode } | null;
}

const isGrammar = (value: unknown): value is Grammar =>
  typeof value === 'object' && value !== null && 'parse' in value && 'setLanguage' in value;

const { Parser, Language } = await importWeight('web-tree-sitter');
assert.ok(typeof Parser === 'function' && 'init' in Parser && typeof Parser.init === 'function');
assert.ok(typeof Language === 'function' && 'load' in Language && typeof Language.load === 'function');
await Parser.init();
const weights = createRequire(join(import.meta.dirname, '../../../../tools/weights/package.json'));
const parsers = new Map<string, Grammar>();

async function parserOf(name: string): Promise<Grammar> {
  const known = parsers.get(name);
  if (known !== undefined) return known;
  assert.ok(typeof Parser === 'function' && typeof Language === 'function' && 'load' in Language);
  assert.ok(typeof Language.load === 'function');
  const parser: unknown = Reflect.construct(Parser, []);
  assert.ok(isGrammar(parser));
  parser.setLanguage(await Language.load(weights.resolve(`tree-sitter-wasms/out/tree-sitter-${name}.wasm`)));
  parsers.set(name, parser);
  return parser;
}

function faultIn(node: SyntaxNode): string {
  if (node.isError || node.isMissing) return `line ${node.startPosition.row + 1}`;
  const child = node.children.find((each) => each?.hasError === true);
  return child == null ? 'somewhere' : faultIn(child);
}

const found: (readonly [string, string])[] = [];
for (const { name, grammar, text } of (await json(process.stdin)) as readonly Source[]) {
  const root = (await parserOf(grammar)).parse(text)?.rootNode;
  assert.ok(root !== undefined);
  found.push([name, root.hasError ? faultIn(root) : '']);
}
process.stdout.write(JSON.stringify(found));
