import type { Token } from './facts.ts';
import type { LanguageRow, StringForm } from './languages.ts';

/** More tokens than source that people write has in 4 MiB. */
const MAX_TOKENS = 1_000_000;

const SPACE = /\s+/y;
const WORD = /[\p{L}_$][\p{L}\p{N}_$]*/uy;
const NUMBER = /\d[\w.]*/y;
const COMMENT_EDGE = /\/\*|\*\//g;
/** Bounded, so that a line of brackets that do not close is not looked through from each of them. */
const REGEXP = /\/(?![*/])(?:[^\\/[\n]|\\.|\[(?:[^\]\\\n]|\\.){0,500}\]){1,1000}\/\w*/y;
/** Words after which an expression begins, so that a slash opens a regular expression. */
const BEFORE_EXPRESSION = new Set([
  'return',
  'typeof',
  'case',
  'in',
  'of',
  'delete',
  'void',
  'throw',
  'await',
  'yield',
]);
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '0': '\0', b: '\b', f: '\f', v: '\v' };

/** A string whose code is being read: `depth` counts the brackets that are open in it. */
interface OpenString {
  readonly form: StringForm;
  depth: number;
}

/** The tokens of a source text, in linear time. Never fails: what is unfinished ends with its line, or with the text. */
export function lex(text: string, language: LanguageRow): readonly Token[] {
  return new Lexer(text, language).run();
}

class Lexer {
  readonly #text: string;
  readonly #language: LanguageRow;
  readonly #tokens: Token[] = [];
  readonly #open: OpenString[] = [];
  readonly #openers: ReadonlySet<string>;
  #at = 0;

  constructor(text: string, language: LanguageRow) {
    this.#text = text;
    this.#language = language;
    this.#openers = new Set(language.strings.map(({ open }) => open.charAt(0)));
  }

  run(): readonly Token[] {
    while (this.#at < this.#text.length && this.#tokens.length < MAX_TOKENS) this.#next();
    return this.#tokens;
  }

  #next(): void {
    if (this.#skip(SPACE) || this.#comment() || this.#string()) return;
    if (this.#language.regexps && this.#beginsExpression() && this.#skip(REGEXP)) return;
    if (this.#take(WORD, 'word') || this.#take(NUMBER, 'number')) return;
    this.#punctuation();
  }

  #skip(pattern: RegExp): boolean {
    pattern.lastIndex = this.#at;
    if (!pattern.test(this.#text)) return false;
    this.#at = pattern.lastIndex;
    return true;
  }

  #take(pattern: RegExp, kind: Token['kind']): boolean {
    const start = this.#at;
    if (!this.#skip(pattern)) return false;
    this.#tokens.push({ kind, text: this.#text.slice(start, this.#at), start, end: this.#at });
    return true;
  }

  #comment(): boolean {
    if (this.#text.charAt(this.#at) !== '/') return false;
    if (this.#text.startsWith('//', this.#at)) {
      this.#at = endOf(this.#text, '\n', this.#at);
      return true;
    }
    if (!this.#text.startsWith('/*', this.#at)) return false;
    this.#at = this.#language.nested ? this.#nestedEnd() : endOf(this.#text, '*/', this.#at + 2);
    return true;
  }

  #nestedEnd(): number {
    COMMENT_EDGE.lastIndex = this.#at;
    let depth = 0;
    for (let edge = COMMENT_EDGE.exec(this.#text); edge !== null; edge = COMMENT_EDGE.exec(this.#text)) {
      depth += edge[0] === '/*' ? 1 : -1;
      if (depth === 0) return COMMENT_EDGE.lastIndex;
    }
    return this.#text.length;
  }

  #beginsExpression(): boolean {
    const last = this.#tokens.at(-1);
    if (this.#text.charAt(this.#at) !== '/') return false;
    if (last === undefined) return true;
    if (last.kind === 'punctuation') return !')]}'.includes(last.text);
    return last.kind === 'word' && BEFORE_EXPRESSION.has(last.text);
  }

  #string(): boolean {
    if (!this.#openers.has(this.#text.charAt(this.#at))) return false;
    const form = this.#language.strings.find(({ open }) => this.#text.startsWith(open, this.#at));
    if (form === undefined) return false;
    this.#at += form.open.length;
    this.#content(form, 'string');
    return true;
  }

  /** Reads a string up to its end, or up to code in it; then it goes on when the code's bracket closes. */
  #content(form: StringForm, first: 'string' | 'template'): void {
    const start = this.#at;
    const parts: string[] = [];
    let kind = first;
    let from = start;
    const flush = (): void => void parts.push(this.#text.slice(from, this.#at));
    for (; this.#at < this.#text.length; ) {
      const step = this.#step(form);
      if (step.what === 'end' || step.what === 'code') {
        flush();
        this.#push(step.what === 'code' ? 'template' : kind, parts.join(''), start);
        this.#at += step.length;
        if (step.what === 'code') this.#open.push({ form, depth: 1 });
        return;
      }
      if (step.what === 'escape') {
        flush();
        parts.push(step.text);
        from = this.#at + step.length;
      }
      if (step.what === 'name') kind = 'template';
      this.#at += step.length;
    }
    this.#at = Math.min(this.#at, this.#text.length);
    flush();
    this.#push(kind, parts.join(''), start);
  }

  #step(form: StringForm): Step {
    const text = this.#text;
    const at = this.#at;
    const character = text.charAt(at);
    if (form.code !== undefined && text.startsWith(form.code, at)) return this.#codeStep(form.code);
    if (text.startsWith(form.close, at)) {
      if (form.doubled === true && text.startsWith(form.close, at + 1)) return { what: 'escape', length: 2, text: '"' };
      return { what: 'end', length: form.close.length };
    }
    if (character === '\n' && form.lines === 'one') return { what: 'end', length: 0 };
    if (character === '\\' && form.escapes) return escapeAt(text, at);
    if (form.names === true && character === '$' && /[\p{L}_]/u.test(text.charAt(at + 1))) return NAME_STEP;
    return PLAIN_STEP;
  }

  #codeStep(code: string): Step {
    const doubled = code === '{' && this.#text.startsWith('{{', this.#at);
    return doubled ? { what: 'escape', length: 2, text: '{' } : { what: 'code', length: code.length };
  }

  #push(kind: Token['kind'], text: string, start: number): void {
    this.#tokens.push({ kind, text, start, end: this.#at });
  }

  #punctuation(): void {
    const text = this.#text.charAt(this.#at);
    const inner = this.#open.at(-1);
    if (inner !== undefined && '({['.includes(text)) inner.depth += 1;
    if (inner !== undefined && ')}]'.includes(text)) inner.depth -= 1;
    this.#at += 1;
    if (inner?.depth === 0) {
      this.#resume(inner);
      return;
    }
    this.#tokens.push({ kind: 'punctuation', text, start: this.#at - 1, end: this.#at });
  }

  #resume({ form }: OpenString): void {
    this.#open.pop();
    this.#content(form, 'template');
  }
}

type Step =
  | { readonly what: 'end' | 'code' | 'name' | 'plain'; readonly length: number }
  | { readonly what: 'escape'; readonly length: number; readonly text: string };

const PLAIN_STEP: Step = { what: 'plain', length: 1 };
const NAME_STEP: Step = { what: 'name', length: 1 };
const UNICODE = /\\(?:u\{([\da-f]{1,6})\}|u([\da-f]{4})|x([\da-f]{2}))/iy;

function escapeAt(text: string, at: number): Step {
  UNICODE.lastIndex = at;
  const [whole, ...codes] = UNICODE.exec(text) ?? [];
  if (whole === undefined) {
    const next = text.charAt(at + 1);
    return { what: 'escape', length: 2, text: ESCAPES[next] ?? next };
  }
  const code = Number.parseInt(codes.find((each) => each !== undefined) ?? '', 16);
  return { what: 'escape', length: whole.length, text: code > 0x10_ffff ? '\ufffd' : String.fromCodePoint(code) };
}

/** Where a mark ends, or the text. */
function endOf(text: string, mark: string, from: number): number {
  const at = text.indexOf(mark, from);
  return at === -1 ? text.length : at + mark.length;
}
