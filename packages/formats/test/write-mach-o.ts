import { concat, utf8 } from '@assay/formats';
import { be32, le, padded, zeros } from './bytes-writer.ts';

export interface SliceSource {
  readonly cpu?: number;
  readonly fileType?: number;
  readonly flags?: number;
  readonly commands?: readonly Uint8Array[];
  readonly cStrings?: readonly string[];
  readonly entitlements?: string;
}

const ARM64 = 0x0100000c;

export function command(number: number, body: Uint8Array): Uint8Array {
  const rest = padded(body, 8);
  return concat(le(4, number), le(4, 8 + rest.length), rest);
}

/** A command that names a library. */
export const dylib = (number: number, name: string): Uint8Array =>
  command(number, concat(le(4, 24), zeros(12), utf8(`${name}\0`)));

/** A 64-bit slice; its texts and its signature stand behind the commands. */
export function writeSlice(source: SliceSource): Uint8Array {
  const { cpu = ARM64, fileType = 2, flags = 0, commands = [], cStrings = [], entitlements } = source;
  const texts = padded(utf8(cStrings.map((text) => `${text}\0`).join('')), 8);
  const signature = entitlements === undefined ? zeros(0) : signatureOf(entitlements);
  const size = concat(...commands).length + 152 + (entitlements === undefined ? 0 : 16);
  const textsAt = 32 + size;
  const all = [
    ...commands,
    segment(textsAt, texts.length),
    ...(entitlements === undefined
      ? []
      : [command(0x1d, concat(le(4, textsAt + texts.length), le(4, signature.length)))]),
  ];
  const counts = concat(le(4, all.length), le(4, size), le(4, flags), le(4, 0));
  return concat(le(4, 0xfeedfacf), le(4, cpu), le(4, 0), le(4, fileType), counts, ...all, texts, signature);
}

/** A segment with one section of texts. */
function segment(at: number, size: number): Uint8Array {
  const section = concat(padded(utf8('__cstring'), 16), padded(utf8('__TEXT'), 16), le(8, 0), le(8, size), le(4, at));
  const rest = concat(zeros(12), le(4, 2), zeros(12));
  return command(0x19, concat(padded(utf8('__TEXT'), 16), zeros(40), le(4, 1), le(4, 0), section, rest));
}

function signatureOf(entitlements: string): Uint8Array {
  const text = utf8(entitlements);
  const blob = concat(be32(0xfade7171), be32(8 + text.length), text);
  const index = concat(be32(0), be32(28), be32(5), be32(28));
  return concat(be32(0xfade0cc0), be32(28 + blob.length), be32(2), index, blob);
}

/** A universal file. */
export function writeFat(slices: readonly Uint8Array[], isWide = false): Uint8Array {
  const number = (value: number) => (isWide ? concat(be32(0), be32(value)) : be32(value));
  let at = 8 + slices.length * (isWide ? 32 : 20);
  const entries = slices.map((slice) => {
    at += slice.length;
    return concat(be32(0), be32(0), number(at - slice.length), number(slice.length), zeros(isWide ? 8 : 4));
  });
  return concat(be32(isWide ? 0xcafebabf : 0xcafebabe), be32(slices.length), ...entries, ...slices);
}
