import { concat, utf8 } from '@assay/formats';
import { le, patched, zeros } from '../bytes-writer.ts';

export interface ClassSource {
  readonly descriptor: string;
  readonly superclass?: string;
  readonly interfaces?: readonly string[];
}

export interface MethodSource {
  readonly owner: string;
  readonly name: string;
  readonly returns?: string;
  readonly parameters?: readonly string[];
}

export interface DexSource {
  readonly strings?: readonly (string | Uint8Array)[];
  readonly classes?: readonly ClassSource[];
  readonly methods?: readonly MethodSource[];
}

const NO_INDEX = 0xffffffff;
const HEADER_SIZE = 0x70;

/** A dex file without code. Strings are not sorted; checksum and signature are zero. */
export function writeDex({ strings = [], classes = [], methods = [] }: DexSource, version = '035'): Uint8Array {
  const types = [...new Set([...classes.flatMap(typesOfClass), ...methods.flatMap(typesOfMethod)])];
  const texts = [...new Set([...types, ...methods.map(({ name }) => name)])];
  const all = [...strings.map(bytesOf), ...texts.map(bytesOf)];
  const stringIndex = (text: string) => strings.length + texts.indexOf(text);
  const layout = new Layout();
  const tables = [
    layout.table(all.length, 4),
    layout.table(types.length, 4),
    layout.table(methods.length, 12),
    layout.table(0, 8),
    layout.table(methods.length, 8),
    layout.table(classes.length, 32),
  ];
  const stringIds = all.map((bytes) => le(4, layout.data(concat(leb(bytes.length), bytes, le(1, 0)))));
  const typeList = (names: readonly string[] = []) =>
    names.length === 0
      ? 0
      : layout.data(concat(le(4, names.length), ...names.map((name) => le(2, types.indexOf(name)))), 4);
  const protoIds = methods.map(({ returns = 'V', parameters }) =>
    concat(le(4, 0), le(4, types.indexOf(returns)), le(4, typeList(parameters))),
  );
  const classDefs = classes.map(({ descriptor, superclass, interfaces }) => {
    const above = superclass === undefined ? NO_INDEX : types.indexOf(superclass);
    return concat(le(4, types.indexOf(descriptor)), le(4, 1), le(4, above), le(4, typeList(interfaces)), zeros(16));
  });
  const body = [
    ...stringIds,
    ...types.map((type) => le(4, stringIndex(type))),
    ...protoIds,
    ...methods.map(({ owner, name }, index) =>
      concat(le(2, types.indexOf(owner)), le(2, index), le(4, stringIndex(name))),
    ),
    ...classDefs,
    ...layout.parts,
  ];
  return patched(concat(header(version, tables), ...body), 0x20, le(4, layout.end));
}

/** Gives out places behind the header, tables first. */
class Layout {
  readonly parts: Uint8Array[] = [];
  end = HEADER_SIZE;

  table(count: number, size: number): Uint8Array {
    const at = this.end;
    this.end += count * size;
    return concat(le(4, count), le(4, count === 0 ? 0 : at));
  }

  data(bytes: Uint8Array, unit = 1): number {
    const gap = zeros((unit - (this.end % unit)) % unit);
    this.parts.push(gap, bytes);
    const at = this.end + gap.length;
    this.end = at + bytes.length;
    return at;
  }
}

function header(version: string, tables: readonly Uint8Array[]): Uint8Array {
  const fixed = concat(utf8(`dex\n${version}\0`), zeros(28), le(4, HEADER_SIZE), le(4, 0x12345678), zeros(12));
  return concat(fixed, ...tables, zeros(8));
}

const bytesOf = (text: string | Uint8Array): Uint8Array => (typeof text === 'string' ? utf8(text) : text);

function leb(value: number): Uint8Array {
  return value < 0x80 ? le(1, value) : concat(le(1, 0x80 | (value & 0x7f)), leb(value >> 7));
}

function typesOfClass({ descriptor, superclass, interfaces = [] }: ClassSource): string[] {
  return [descriptor, ...(superclass === undefined ? [] : [superclass]), ...interfaces];
}

function typesOfMethod({ owner, returns = 'V', parameters = [] }: MethodSource): string[] {
  return [owner, returns, ...parameters];
}
