import { ArtifactError, assertSize, Budget } from '../artifact-error.ts';
import { ByteView } from '../byte-view.ts';
import { ArscPackage } from './arsc-package.ts';
import type { ArscEntry } from './arsc-type.ts';
import { CHUNK, chunksIn, readChunk } from './chunk.ts';
import { createResourceTable, type ResourceSource, type ResourceTable, type ResourceValue } from './resource-table.ts';
import { StringPool } from './string-pool.ts';
import { TABLE_LIMITS, type TableLimits } from './table-limits.ts';
import { toTypedValue } from './typed-value.ts';

/** `ResTable_header`: the chunk's header and the number of packages. */
const HEADER_SIZE = 12;

/**
 * The resource table of an APK, `resources.arsc` (AOSP `ResTable`, `LoadedArsc`, Android 16): dense, 16-bit and sparse
 * types, full and compact entries. Libraries, overlays and ids that are staged for a later release are passed over,
 * as are the members of maps. Throws `resource_table.*`, `resource_chunk.*`, `string_pool.*`, `artifact.*`.
 */
export function parseResourceTable(bytes: Uint8Array, limits: Partial<TableLimits> = {}): ResourceTable {
  const allLimits = { ...TABLE_LIMITS, ...limits };
  assertSize(bytes, allLimits.maxBytes);
  return createResourceTable(new ArscSource(new ByteView(bytes), allLimits));
}

class ArscSource implements ResourceSource {
  readonly packages: readonly ArscPackage[];
  private readonly byId = new Map<number, ArscPackage[]>();
  private readonly strings: StringPool | undefined;

  constructor(view: ByteView, { maxSteps, maxText }: TableLimits) {
    const text = new Budget(maxText, 'artifact.too_much_text');
    const steps = new Budget(maxSteps, 'artifact.too_many_items');
    const root = readChunk(view, 0, view.length, HEADER_SIZE);
    if (root.type !== CHUNK.TABLE) throw new ArtifactError('resource_table.root_invalid', 0);
    const packages: ArscPackage[] = [];
    for (const part of chunksIn(view, root)) {
      // Android takes the first string pool and warns of others.
      if (part.type === CHUNK.STRING_POOL) this.strings ??= new StringPool(view, part, text);
      if (part.type === CHUNK.TABLE_PACKAGE) packages.push(new ArscPackage(view, part, { text, steps }));
    }
    this.packages = packages;
    for (const each of packages) {
      const same = this.byId.get(each.id);
      if (same === undefined) this.byId.set(each.id, [each]);
      else same.push(each);
    }
  }

  entry(id: number): { readonly type: string; readonly name: string } | undefined {
    const [typeId, index] = [(id >>> 16) & 0xff, id & 0xffff];
    for (const each of this.packagesOf(id)) {
      for (const { entry } of each.entries(typeId, index)) {
        return { type: each.typeName(typeId) ?? '', name: each.keyName(entry.key) };
      }
    }
    return undefined;
  }

  *ids(type: string): Generator<number> {
    for (const each of this.packages) yield* each.ids(type);
  }

  values(id: number): ResourceValue[] {
    const found = this.packagesOf(id).flatMap((each) => [...each.entries((id >>> 16) & 0xff, id & 0xffff)]);
    return found.map(({ config, entry }) => ({ ...this.toValue(entry), config }));
  }

  private toValue({ value }: ArscEntry): Omit<ResourceValue, 'config'> {
    if (value === undefined) return { kind: 'map', text: '' };
    return toTypedValue(value.dataType, value.data, (index) => this.strings?.at(index));
  }

  private packagesOf(id: number): ArscPackage[] {
    return this.byId.get(id >>> 24) ?? [];
  }
}
