import { concat } from '@assay/formats';
import { le, padded, zeros } from '../bytes-writer.ts';
import { chunk, stringPool, Texts } from './write-chunk.ts';

/** A value: a string, or data of a type; `map` for a bag without members. */
export type Value = string | { readonly type: number; readonly data: number } | 'map';

export type Form = 'dense' | 'offset16' | 'sparse';

export interface TypeConfig {
  /** `ResTable_config` behind its size; the default when absent. */
  readonly config?: Uint8Array;
  readonly form?: Form;
  readonly compact?: boolean;
  /** By entry index. */
  readonly values: Readonly<Record<number, Value>>;
}

export interface Type {
  readonly name: string;
  readonly names: readonly string[];
  readonly configs: readonly TypeConfig[];
}

export interface Package {
  readonly id?: number;
  readonly name?: string;
  readonly typeIdOffset?: number;
  readonly types: readonly Type[];
}

const MAP = 'map';
const STRING = 3;

/** `resources.arsc`, with `extra` chunks behind the string pool. */
export function writeArsc(packages: readonly Package[], extra: Uint8Array = new Uint8Array()): Uint8Array {
  const texts = new Texts();
  const bodies = packages.map((each) => packageChunk(each, texts));
  return chunk(2, le(4, packages.length), concat(stringPool(texts.list), extra, ...bodies));
}

function packageChunk({ id = 0x7f, name = 'app', typeIdOffset, types }: Package, texts: Texts): Uint8Array {
  const typeNames = stringPool(types.map((type) => type.name));
  const keys = new Texts();
  const chunks = types.flatMap((type, index) => [
    specChunk(index + 1, type),
    ...type.configs.map((config) => typeChunk(index + 1, type, config, keys, texts)),
  ]);
  const headerSize = typeIdOffset === undefined ? 284 : 288;
  const keyPool = stringPool(keys.list);
  const header = concat(
    le(4, id),
    padded(concat(...Array.from(name, (character) => le(2, character.charCodeAt(0)))), 256),
    le(4, headerSize),
    le(4, 0),
    le(4, headerSize + typeNames.length),
    le(4, 0),
    typeIdOffset === undefined ? zeros(0) : le(4, typeIdOffset),
  );
  return chunk(0x200, header, concat(typeNames, keyPool, ...chunks));
}

function specChunk(id: number, { names }: Type): Uint8Array {
  return chunk(0x202, concat(le(1, id), zeros(3), le(4, names.length)), zeros(names.length * 4));
}

function typeChunk(id: number, type: Type, config: TypeConfig, keys: Texts, texts: Texts): Uint8Array {
  const { form = 'dense', values, compact = false } = config;
  const entries = new Map<number, { at: number; bytes: Uint8Array }>();
  let at = 0;
  for (const [index, value] of Object.entries(values)) {
    const bytes = entryBytes(keys.index(type.names[Number(index)] ?? ''), value, compact, texts);
    entries.set(Number(index), { at, bytes });
    at += bytes.length;
  }
  const offsets = padded(concat(...OFFSETS[form](type.names.length, (index) => entries.get(index)?.at)));
  const bits = concat(le(4, 4 + (config.config?.length ?? 60)), config.config ?? zeros(60));
  const count = form === 'sparse' ? entries.size : type.names.length;
  const flags = { dense: 0, sparse: 1, offset16: 2 }[form];
  const fixed = concat(le(1, id), le(1, flags), le(2, 0), le(4, count), le(4, 20 + bits.length + offsets.length));
  return chunk(0x201, concat(fixed, bits), concat(offsets, ...[...entries.values()].map(({ bytes }) => bytes)));
}

type Offsets = (count: number, at: (index: number) => number | undefined) => Uint8Array[];

const indexes = (count: number) => Array.from({ length: count }, (_, index) => index);

const OFFSETS: Readonly<Record<Form, Offsets>> = {
  dense: (count, at) => indexes(count).map((index) => le(4, at(index) ?? -1)),
  offset16: (count, at) => indexes(count).map((index) => le(2, (at(index) ?? 0xffff * 4) / 4)),
  sparse: (count, at) =>
    indexes(count).flatMap((index) => {
      const offset = at(index);
      return offset === undefined ? [] : [concat(le(2, index), le(2, offset / 4))];
    }),
};

function entryBytes(key: number, value: Value, compact: boolean, texts: Texts): Uint8Array {
  if (value === MAP) return concat(le(2, 16), le(2, 1), le(4, key), le(4, 0), le(4, 0));
  const { type, data } = typeof value === 'string' ? { type: STRING, data: texts.index(value) } : value;
  if (compact) return concat(le(2, key), le(2, 8 | (type << 8)), le(4, data));
  return concat(le(2, 8), le(2, 0), le(4, key), le(2, 8), le(1, 0), le(1, type), le(4, data));
}
