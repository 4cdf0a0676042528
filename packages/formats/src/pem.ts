import { parseBase64, toBase64 } from './base64.ts';
import { FormatError } from './error.ts';

export interface PemLimits {
  /** Characters of text. Default 1 Mi. */
  readonly maxBytes: number;
  /** Default 64. */
  readonly maxBlocks: number;
}

const DEFAULT_LIMITS: PemLimits = { maxBytes: 1 << 20, maxBlocks: 64 };

const LINE_LENGTH = 64;
const BOUNDARY = /^-----BEGIN ([\x21-\x7e ]*)-----$/;
const IGNORED = /^[ \t]*(#.*)?$/;

/**
 * The contents of all PEM blocks (RFC 7468, strict grammar: lines of 64 characters, canonical base64), which must all
 * carry this label. Outside the blocks only white space and lines that begin with `#` may stand, so that a typing
 * error in a BEGIN line cannot hide a block. Throws `pem.*`; a text without a block is an error.
 */
export function parsePem(text: string, label: string, limits: Partial<PemLimits> = {}): Uint8Array[] {
  const { maxBytes, maxBlocks } = { ...DEFAULT_LIMITS, ...limits };
  if (text.length > maxBytes) throw new FormatError('pem.input_too_large', maxBytes);
  const lines = new Lines(text);
  const blocks: Uint8Array[] = [];
  for (let line = lines.next(); line !== undefined; line = lines.next()) {
    if (IGNORED.test(line)) continue;
    if (blocks.length === maxBlocks) throw new FormatError('pem.too_many_blocks', lines.offset);
    expectLabel(line, label, lines.offset);
    blocks.push(readBody(lines, label));
  }
  if (blocks.length === 0) throw new FormatError('pem.block_missing', text.length);
  return blocks;
}

/** One PEM block, ended by a line feed. */
export function toPem(der: Uint8Array, label: string): string {
  const lines = toBase64(der).match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
}

/** Line by line, by LF or CRLF, without a second copy of the whole text. */
class Lines {
  /** Where the last line began. */
  offset = 0;
  private readonly text: string;
  private position = 0;

  constructor(text: string) {
    this.text = text;
  }

  next(): string | undefined {
    if (this.position >= this.text.length) return undefined;
    this.offset = this.position;
    const feed = this.text.indexOf('\n', this.position);
    const end = feed < 0 ? this.text.length : feed;
    this.position = end + 1;
    return this.text.slice(this.offset, this.text[end - 1] === '\r' && end > this.offset ? end - 1 : end);
  }
}

function expectLabel(line: string, label: string, offset: number): void {
  const found = BOUNDARY.exec(line)?.[1];
  if (found === undefined) throw new FormatError('pem.text_outside_block', offset);
  if (found !== label) throw new FormatError('pem.label_unexpected', offset, { expected: label });
}

function readBody(lines: Lines, label: string): Uint8Array {
  const start = lines.offset;
  const body: string[] = [];
  for (let line = lines.next(); line !== undefined; line = lines.next()) {
    if (line === `-----END ${label}-----`) return decodeBody(body, start);
    if (line.startsWith('-----END ')) throw new FormatError('pem.label_unexpected', lines.offset, { expected: label });
    if (line.startsWith('-----')) break;
    body.push(line);
  }
  throw new FormatError('pem.block_unterminated', start);
}

function decodeBody(body: readonly string[], start: number): Uint8Array {
  const last = body.length - 1;
  if (last < 0) throw new FormatError('pem.block_empty', start);
  const isWrapped = body.every((line, index) =>
    index < last ? line.length === LINE_LENGTH : line.length > 0 && line.length <= LINE_LENGTH,
  );
  if (!isWrapped) throw new FormatError('pem.body_invalid', start);
  try {
    return parseBase64(body.join(''));
  } catch (cause) {
    if (cause instanceof FormatError) throw new FormatError('pem.body_invalid', start, { found: cause.code });
    throw cause;
  }
}
