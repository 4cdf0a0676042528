import type { DataEntry, DataValue } from '../data/value.ts';
import type { Spelled } from '../pinned-host.ts';
import type { Language, Token } from './facts.ts';
import type { Source } from './source.ts';

/** A literal nested deeper is no configuration. */
const MAX_DEPTH = 24;
/** Values that are read out of one file; names that stand for lists of names would else multiply. */
const MAX_READS = 50_000;
/** Parts of one text, and its length: no pin and no host has more; names of names would else multiply. */
const MAX_PARTS = 100;
const MAX_JOINED = 4096;
/** Tokens of an expression that is no literal. */
const MAX_SKIP = 500;
const BOOLEANS: Readonly<Record<string, boolean>> = { true: true, false: false, YES: true, NO: false };
/** Where `{ host: … }` has the key `host`; elsewhere a name stands for what it was given. */
const NAMES_ARE_KEYS: ReadonlySet<Language> = new Set<Language>(['typescript', 'javascript', 'arkts']);
/** Calls and types before the items of a list. */
const LISTS = new Set([
  'listOf',
  'setOf',
  'arrayOf',
  'mutableListOf',
  'arrayListOf',
  'hashSetOf',
  'of',
  'asList',
  'Set',
  'Array',
]);

/** A value and the index of the token behind it. */
interface Read {
  readonly value: DataValue;
  readonly end: number;
}

/** Reads literals out of one source; names are followed to the literal that the same file gives them. */
export interface Literals {
  at(index: number): DataValue;
  /** The values between a bracket at `index` and its own. */
  within(index: number): readonly DataValue[];
}

export function literalsOf(source: Source): Literals {
  const reader = new Reader(source);
  return { at: (index) => reader.read(index, 0).value, within: (index) => reader.items(index, 0) };
}

class Reader {
  readonly #source: Source;
  readonly #names: ReadonlyMap<string, number>;
  #reads = 0;

  constructor(source: Source) {
    this.#source = source;
    this.#names = namesOf(source.tokens);
  }

  read(index: number, depth: number): Read {
    const token = this.#token(index);
    this.#reads += 1;
    if (token === undefined || depth > MAX_DEPTH || this.#reads > MAX_READS)
      return { value: this.#other(index), end: index + 1 };
    const first = this.#operand(token, index, depth);
    const read = first === undefined ? undefined : this.#joined(first, index, depth);
    return read !== undefined && this.#endsAt(read.end) ? read : { value: this.#other(index), end: this.#skip(index) };
  }

  #operand(token: Token | undefined, index: number, depth: number): Read | undefined {
    if (token === undefined) return undefined;
    return this.#atom(token, index) ?? this.#list(index, depth) ?? this.#named(index, depth);
  }

  /** `"sha256/" + "AAAA…"`; undefined where a part is no text that the file says. */
  #joined(first: Read, index: number, depth: number): Read | undefined {
    if (first.value.kind !== 'string') return first;
    const parts = [first.value.value];
    let { end } = first;
    for (let next = this.#appended(end); next !== undefined; next = this.#appended(end)) {
      const read = this.#operand(this.#token(next), next, depth + 1);
      if (read?.value.kind !== 'string' || parts.length >= MAX_PARTS) return undefined;
      parts.push(read.value.value);
      end = read.end;
    }
    if (parts.length === 1) return first;
    const place = this.#source.placer.at(this.#token(index)?.start ?? 0, this.#token(end - 1)?.end);
    const value = parts.join('');
    return value.length > MAX_JOINED ? undefined : { value: { kind: 'string', value, place }, end };
  }

  /** Where the next part of a text begins, behind a `+`; in Dart texts that stand side by side are one. */
  #appended(index: number): number | undefined {
    if (this.#is(index, '+')) return index + 1;
    return this.#source.language === 'dart' && this.#token(index)?.kind === 'string' ? index : undefined;
  }

  items(index: number, depth: number): readonly DataValue[] {
    const close = this.#source.pairs[index] ?? -1;
    const items: DataValue[] = [];
    for (let at = index + 1; at < close; ) {
      const { value, end } = this.read(at, depth + 1);
      items.push(...this.#spread(at, value));
      at = this.#is(end, ',') ? end + 1 : Math.max(end, at + 1);
    }
    return items;
  }

  /** `*pins` and `...pins` put a list's items in the place of the list. */
  #spread(at: number, value: DataValue): readonly DataValue[] {
    const spread = this.#is(at, '*') || this.#is(at, '.');
    return spread && value.kind === 'array' ? value.items : [value];
  }

  #atom(token: Token, index: number): Read | undefined {
    const place = this.#source.placer.at(token.start, token.end);
    if (token.kind === 'string') return { value: { kind: 'string', value: token.text, place }, end: index + 1 };
    if (token.text === '@' && BOOLEANS[this.#token(index + 1)?.text ?? ''] !== undefined) {
      return { value: { kind: 'boolean', value: this.#is(index + 1, 'YES'), place }, end: index + 2 };
    }
    const boolean = token.kind === 'word' ? BOOLEANS[token.text] : undefined;
    return boolean === undefined ? undefined : { value: { kind: 'boolean', value: boolean, place }, end: index + 1 };
  }

  #list(index: number, depth: number): Read | undefined {
    const opener = this.#opener(index);
    if (opener === undefined) return undefined;
    const close = this.#source.pairs[opener] ?? -1;
    if (close < opener) return undefined;
    const place = this.#source.placer.at(this.#token(opener)?.start ?? 0, this.#token(close)?.end);
    const isDict = opener <= index + 1 && this.#isDict(opener, close);
    const value: DataValue = isDict
      ? { kind: 'dict', entries: this.#entries(opener, close, depth), place }
      : { kind: 'array', items: this.items(opener, depth), place };
    return { value, end: close + 1 };
  }

  /** Where the brackets of a list or dictionary open that begins at `index`, whatever the language calls it. */
  #opener(index: number): number | undefined {
    const at = this.#is(index, '@') ? index + 1 : index;
    if (this.#is(at, '[') || this.#is(at, '{')) return at;
    if (this.#is(index, 'new') && this.#is(index + 2, '[') && this.#is(index + 4, '{')) return index + 4;
    for (let next = index; next < index + 6; next += 1) {
      if (this.#is(next, '(')) return LISTS.has(this.#token(next - 1)?.text ?? '') ? next : undefined;
      if (this.#token(next)?.kind !== 'word' && !this.#is(next, '.')) return undefined;
    }
    return undefined;
  }

  #isDict(opener: number, close: number): boolean {
    if (this.#is(opener, '{')) return this.#source.language !== 'java';
    return opener + 2 < close && this.#is(opener + 2, ':');
  }

  #entries(opener: number, close: number, depth: number): readonly DataEntry[] {
    const entries: DataEntry[] = [];
    for (let at = opener + 1; at < close; ) {
      const key = this.#is(at + 1, ':') ? this.#key(at) : undefined;
      const { value, end } = this.read(key === undefined ? at : at + 2, depth + 1);
      entries.push({
        key: key ?? { text: '', place: value.place },
        value: key === undefined ? this.#other(at) : value,
      });
      at = this.#is(end, ',') ? end + 1 : Math.max(end, at + 1);
    }
    return entries;
  }

  /** A string, a constant of TrustKit, whose value is its own name without the `k`, or a name: of what, depends on the language. */
  #key(index: number): Spelled | undefined {
    const token = this.#token(index);
    if (token === undefined || token.kind === 'punctuation' || token.kind === 'template') return undefined;
    const place = this.#source.placer.at(token.start, token.end);
    if (token.kind === 'string' || NAMES_ARE_KEYS.has(this.#source.language)) return { text: token.text, place };
    if (token.text.startsWith('kTSK')) return { text: token.text.slice(1), place };
    const target = this.#token(this.#names.get(token.text) ?? -1);
    return target?.kind === 'string'
      ? { text: target.text, place: this.#source.placer.at(target.start, target.end) }
      : undefined;
  }

  /** `NAME`, `Pins.NAME`, `*NAME`, `...NAME` */
  #named(index: number, depth: number): Read | undefined {
    let at = index;
    while (this.#is(at, '*') || this.#is(at, '.')) at += 1;
    while (this.#token(at)?.kind === 'word' && this.#is(at + 1, '.')) at += 2;
    const token = this.#token(at);
    const target = token?.kind === 'word' ? this.#names.get(token.text) : undefined;
    if (target === undefined || target === at) return undefined;
    return { value: this.read(target, depth + 1).value, end: at + 1 };
  }

  #other(index: number): DataValue {
    const token = this.#token(index);
    return { kind: 'other', place: this.#source.placer.at(token?.start ?? 0, token?.end) };
  }

  /** A literal is whole only when nothing is appended to it. */
  #endsAt(index: number): boolean {
    const token = this.#token(index);
    if (token === undefined || token.kind !== 'punctuation') return true;
    return !['+', '.', '?', '(', '['].includes(token.text);
  }

  #skip(index: number): number {
    let at = index;
    const last = Math.min(this.#source.tokens.length, index + MAX_SKIP);
    while (at < last && ![',', ')', ']', '}', ';'].includes(this.#token(at)?.text ?? '')) {
      at = Math.max(this.#source.pairs[at] ?? -1, at) + 1;
    }
    return at;
  }

  #token(index: number): Token | undefined {
    return this.#source.tokens[index];
  }

  #is(index: number, text: string): boolean {
    const token = this.#source.tokens[index];
    return token !== undefined && token.text === text && token.kind !== 'string' && token.kind !== 'template';
  }
}

const DECLARES = new Set(['val', 'var', 'let', 'const', 'final']);

/** The index of the value that each name has; names with several values are left out, for which one holds is not known. */
function namesOf(tokens: readonly Token[]): ReadonlyMap<string, number> {
  const names = new Map<string, number>();
  const twice = new Set<string>();
  tokens.forEach(({ kind, text }, index) => {
    if (kind !== 'punctuation' || text !== '=' || ['=', '>'].includes(tokens[index + 1]?.text ?? '')) return;
    const name = nameBefore(tokens, index);
    if (name === undefined) return;
    if (names.has(name)) twice.add(name);
    names.set(name, index + 1);
  });
  return new Map([...names].filter(([name]) => !twice.has(name)));
}

/** The name that is declared: before its type, where the type stands behind it. */
function nameBefore(tokens: readonly Token[], index: number): string | undefined {
  for (let at = index - 1; at > Math.max(0, index - 10); at -= 1) {
    if (tokens[at + 1]?.text === ':' && DECLARES.has(tokens[at - 1]?.text ?? '')) return tokens[at]?.text;
  }
  const before = tokens[index - 1];
  return before?.kind === 'word' ? before.text : undefined;
}
