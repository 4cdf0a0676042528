import { concat, utf8 } from '@assay/formats';
import { le, padded } from '../bytes-writer.ts';

/** A chunk with its sizes. */
export function chunk(type: number, header: Uint8Array, body: Uint8Array = new Uint8Array()): Uint8Array {
  return concat(le(2, type), le(2, 8 + header.length), le(4, 8 + header.length + body.length), header, body);
}

/** The index of each text, in the order of first use. */
export class Texts {
  readonly list: string[];

  constructor(reserved: readonly string[] = []) {
    this.list = [...reserved];
  }

  index(text: string): number {
    const known = this.list.indexOf(text);
    return known >= 0 ? known : this.list.push(text) - 1;
  }
}

const length8 = (length: number) => (length < 0x80 ? le(1, length) : Uint8Array.of(0x80 | (length >> 8), length));
const length16 = (length: number) =>
  length < 0x8000 ? le(2, length) : concat(le(2, 0x8000 | (length >> 16)), le(2, length & 0xffff));

function text8(text: string): Uint8Array {
  const bytes = utf8(text);
  return concat(length8(text.length), length8(bytes.length), bytes, le(1, 0));
}

function text16(text: string): Uint8Array {
  const units = Array.from({ length: text.length }, (_, index) => le(2, text.charCodeAt(index)));
  return concat(length16(text.length), ...units, le(2, 0));
}

/** A string pool; with styles, one span on the first text. */
export function stringPool(
  texts: readonly string[],
  { utf16 = false, styled = false }: { readonly utf16?: boolean; readonly styled?: boolean } = {},
): Uint8Array {
  const encoded = texts.map(utf16 ? text16 : text8);
  let at = 0;
  const offsets = encoded.map((bytes) => {
    at += bytes.length;
    return le(4, at - bytes.length);
  });
  const data = padded(concat(...encoded));
  const styleOffsets = styled ? le(4, 0) : new Uint8Array();
  const styles = styled ? concat(le(4, 0), le(4, 0), le(4, 0), le(4, -1), le(4, -1), le(4, -1)) : new Uint8Array();
  const textsStart = 28 + offsets.length * 4 + styleOffsets.length;
  const header = concat(
    le(4, texts.length),
    le(4, styled ? 1 : 0),
    le(4, utf16 ? 0 : 1 << 8),
    le(4, textsStart),
    le(4, styled ? textsStart + data.length : 0),
  );
  return chunk(1, header, concat(...offsets, styleOffsets, data, styles));
}
