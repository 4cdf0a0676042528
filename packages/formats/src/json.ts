import { FormatError } from './error.ts';
import { toExactNumber } from './json-number.ts';
import type { FormatCode } from './reasons.ts';
import { decodeUtf8, hasLoneSurrogate } from './utf8.ts';

export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject;
export type JsonObject = { readonly [name: string]: JsonValue };

export interface JsonLimits {
  /** Bytes of UTF-8, or UTF-16 units when a string is given. Default 1 MiB. */
  readonly maxBytes: number;
  /** Nesting of arrays and objects. Default 16. */
  readonly maxDepth: number;
  /** Members and elements in all. Default 65536. */
  readonly maxMembers: number;
}

const DEFAULT_LIMITS: JsonLimits = { maxBytes: 1 << 20, maxDepth: 16, maxMembers: 1 << 16 };

/**
 * One JSON text (RFC 8259) whose meaning no two readers can differ on (I-JSON, RFC 7493 2): unique names, no lone
 * surrogates, no byte order mark, integers within 2^53 - 1, no number that a double would change; and no `__proto__`,
 * which plain objects cannot hold. Offsets of errors count characters. Throws `json.*`.
 */
export function parseStrictJson(input: Uint8Array | string, limits: Partial<JsonLimits> = {}): JsonValue {
  const allLimits = { ...DEFAULT_LIMITS, ...limits };
  if (input.length > allLimits.maxBytes) throw new FormatError('json.input_too_large', allLimits.maxBytes);
  const text = typeof input === 'string' ? input : decodeUtf8(input, 'json.not_utf8');
  return new JsonReader(text, allLimits).whole();
}

/** Characters of a string up to its closing quote, a backslash, or one that must not stand bare. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: RFC 8259 7 forbids exactly these.
const PLAIN = /[^"\\\x00-\x1f]*/y;
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const SPACE = /[ \t\n\r]*/y;
const HEX4 = /[0-9a-fA-F]{4}/y;

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ['\\', '\\'],
  ['/', '/'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
]);

const LITERALS: ReadonlyMap<string, readonly [text: string, value: boolean | null]> = new Map([
  ['t', ['true', true]],
  ['f', ['false', false]],
  ['n', ['null', null]],
]);

class JsonReader {
  private readonly text: string;
  private readonly maxDepth: number;
  private membersLeft: number;
  private position = 0;

  constructor(text: string, limits: JsonLimits) {
    this.text = text;
    this.maxDepth = limits.maxDepth;
    this.membersLeft = limits.maxMembers;
  }

  whole(): JsonValue {
    if (this.text.startsWith('\ufeff')) throw this.fault('json.byte_order_mark');
    const value = this.value(0);
    if (this.next() !== undefined) throw this.fault('json.trailing_text');
    return value;
  }

  private value(depth: number): JsonValue {
    const first = this.next();
    if (first === '{') return this.object(depth + 1);
    if (first === '[') return this.array(depth + 1);
    if (first === '"') return this.string();
    const literal = LITERALS.get(first ?? '');
    return literal === undefined ? this.number() : this.literal(...literal);
  }

  private object(depth: number): JsonObject {
    const members: Record<string, JsonValue> = {};
    this.list('}', depth, () => {
      if (this.next() !== '"') throw this.fault('json.syntax');
      const start = this.position;
      const name = this.string();
      if (name === '__proto__') throw this.fault('json.name_refused', start);
      if (Object.hasOwn(members, name)) throw this.fault('json.name_duplicate', start);
      this.expect(':');
      members[name] = this.value(depth);
    });
    return members;
  }

  private array(depth: number): JsonValue[] {
    const elements: JsonValue[] = [];
    this.list(']', depth, () => elements.push(this.value(depth)));
    return elements;
  }

  /** The comma-separated entries between the bracket at the position and `close`. */
  private list(close: string, depth: number, readEntry: () => void): void {
    if (depth > this.maxDepth) throw this.fault('json.too_deep');
    this.position += 1;
    if (this.next() === close) {
      this.position += 1;
      return;
    }
    while (true) {
      this.membersLeft -= 1;
      if (this.membersLeft < 0) throw this.fault('json.too_many_members');
      readEntry();
      if (this.next() === close) break;
      this.expect(',');
    }
    this.position += 1;
  }

  private literal(text: string, value: boolean | null): boolean | null {
    if (!this.text.startsWith(text, this.position)) throw this.fault('json.syntax');
    this.position += text.length;
    return value;
  }

  private number(): number {
    const start = this.position;
    const literal = this.match(NUMBER);
    if (literal === undefined) throw this.fault('json.syntax');
    const value = toExactNumber(literal);
    if (value === undefined) throw this.fault('json.number_out_of_range', start);
    return value;
  }

  private string(): string {
    const start = this.position;
    this.position += 1;
    let text = this.match(PLAIN) ?? '';
    while (this.text[this.position] === '\\') text += this.escape() + (this.match(PLAIN) ?? '');
    if (this.text[this.position] !== '"') throw this.fault('json.syntax');
    this.position += 1;
    if (hasLoneSurrogate(text)) throw this.fault('json.lone_surrogate', start);
    return text;
  }

  private escape(): string {
    const letter = this.text[this.position + 1] ?? '';
    this.position += 2;
    const plain = ESCAPES.get(letter);
    if (plain !== undefined) return plain;
    const digits = letter === 'u' ? this.match(HEX4) : undefined;
    if (digits === undefined) throw this.fault('json.syntax');
    return String.fromCharCode(Number.parseInt(digits, 16));
  }

  /** The next character that is not white space, without taking it. */
  private next(): string | undefined {
    this.match(SPACE);
    return this.text[this.position];
  }

  private expect(character: string): void {
    if (this.next() !== character) throw this.fault('json.syntax');
    this.position += 1;
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.position;
    if (!pattern.test(this.text)) return undefined;
    const start = this.position;
    this.position = pattern.lastIndex;
    return this.text.slice(start, this.position);
  }

  private fault(code: FormatCode, at: number = this.position): FormatError {
    return new FormatError(code, at);
  }
}
