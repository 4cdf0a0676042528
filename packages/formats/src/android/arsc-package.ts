import { ArtifactError, type Budget } from '../artifact-error.ts';
import type { ByteView } from '../byte-view.ts';
import { fromUnits } from '../utf8.ts';
import { type ArscEntry, ArscType } from './arsc-type.ts';
import { CHUNK, type Chunk, chunksIn, readChunk } from './chunk.ts';
import { StringPool } from './string-pool.ts';

const NAME_UNITS = 128;
/** `ResTable_package` without `typeIdOffset`, which came later. */
const HEADER_SIZE = 284;

/** Many ids may share one entry, so what is made of it weighs more than the search for it. */
const FOUND_STEPS = 16;

/** What decoding may cost in all. */
export interface TableBudgets {
  readonly text: Budget;
  readonly steps: Budget;
}

/** One package of a resource table: its types by id, each in several configurations. */
export class ArscPackage {
  readonly id: number;
  readonly name: string;
  private readonly typeIdOffset: number;
  private readonly typeNames: StringPool;
  private readonly keys: StringPool;
  private readonly steps: Budget;
  private readonly types = new Map<number, ArscType[]>();

  constructor(view: ByteView, chunk: Chunk, budgets: TableBudgets) {
    if (chunk.body - chunk.at < HEADER_SIZE) throw new ArtifactError('resource_chunk.header_invalid', chunk.at);
    const pool = (field: number) => {
      const part = readChunk(view, chunk.at + view.u32(chunk.at + field), chunk.end);
      if (part.type !== CHUNK.STRING_POOL) throw new ArtifactError('string_pool.invalid', part.at);
      return new StringPool(view, part, budgets.text);
    };
    this.steps = budgets.steps;
    this.id = view.u32(chunk.at + 8);
    this.name = packageName(view, chunk.at + 12);
    this.typeNames = pool(268);
    this.keys = pool(276);
    this.typeIdOffset = chunk.body - chunk.at > HEADER_SIZE ? view.u32(chunk.at + HEADER_SIZE) : 0;
    for (const part of chunksIn(view, chunk)) {
      if (part.type === CHUNK.TABLE_TYPE) this.add(new ArscType(view, part));
    }
  }

  private add(type: ArscType): void {
    const typeId = type.typeId + this.typeIdOffset;
    const configs = this.types.get(typeId);
    if (configs === undefined) this.types.set(typeId, [type]);
    else configs.push(type);
  }

  typeName(typeId: number): string | undefined {
    return this.typeNames.at(typeId - this.typeIdOffset - 1);
  }

  /** Ids of the resources of the types with this name. */
  *ids(type: string): Generator<number> {
    for (const [typeId, configs] of this.types) {
      if (this.typeName(typeId) !== type) continue;
      const indexes = new Set<number>();
      for (const each of configs) for (const index of each.indexes()) indexes.add(index);
      for (const index of indexes) yield this.id * 2 ** 24 + typeId * 2 ** 16 + index;
    }
  }

  /** The entry with this index in each configuration that has it. */
  *entries(typeId: number, index: number): Generator<{ readonly config: string; readonly entry: ArscEntry }> {
    this.steps.take(1, 0);
    for (const type of this.types.get(typeId) ?? []) {
      this.steps.take(1, 0);
      const entry = type.entry(index);
      if (entry === undefined) continue;
      this.steps.take(FOUND_STEPS, 0);
      yield { config: type.config, entry };
    }
  }

  keyName(key: number): string {
    return this.keys.at(key) ?? '';
  }
}

function packageName(view: ByteView, at: number): string {
  const units = Uint16Array.from({ length: NAME_UNITS }, (_, index) => view.u16(at + index * 2));
  const end = units.indexOf(0);
  return fromUnits(end < 0 ? units : units.subarray(0, end));
}
