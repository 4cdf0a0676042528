import { FormatError, parseBase64 } from '@assay/formats';

export interface Block {
  readonly label: string;
  readonly der: Uint8Array<ArrayBuffer>;
}

const BEGIN = '-----BEGIN ';
const DASHES = '-----';
const LONGEST_LABEL = 60;
const MOST_BLOCKS = 64;

/**
 * The blocks in a text, in their order. People paste what a terminal printed, so text around the blocks and other widths
 * of lines are let pass; a body that is no base64 is not.
 *
 * @throws FormatError `pem.*`, `base64.*`
 */
export function blocksIn(text: string): readonly Block[] {
  const blocks: Block[] = [];
  for (let at = text.indexOf(BEGIN); at !== -1; ) {
    if (blocks.length === MOST_BLOCKS) throw new FormatError('pem.too_many_blocks', at);
    const { block, end } = blockAt(text, at);
    blocks.push(block);
    at = text.indexOf(BEGIN, end);
  }
  return blocks;
}

function blockAt(text: string, at: number): { readonly block: Block; readonly end: number } {
  const from = at + BEGIN.length;
  const close = text.indexOf(DASHES, from);
  const label = text.slice(from, close);
  if (close === -1 || label.length > LONGEST_LABEL) throw new FormatError('pem.block_unterminated', at);
  const body = close + DASHES.length;
  const last = `${DASHES}END ${label}${DASHES}`;
  const end = text.indexOf(last, body);
  if (end === -1) throw new FormatError('pem.block_unterminated', at);
  const der = parseBase64(text.slice(body, end).replace(/\s+/g, ''));
  return { block: { label, der }, end: end + last.length };
}
