import { assertSize, Budget } from '../artifact-error.ts';
import { ByteView } from '../byte-view.ts';
import { protoConfig } from './proto-config.ts';
import { itemValue } from './proto-value.ts';
import { ProtoMessage } from './protobuf.ts';
import {
  createResourceTable,
  type ResourcePackage,
  type ResourceSource,
  type ResourceTable,
  type ResourceValue,
} from './resource-table.ts';
import { TABLE_LIMITS, type TableLimits } from './table-limits.ts';

/** Numbers of fields (AOSP `tools/aapt2/Resources.proto`, Android 16). */
const TABLE = { PACKAGE: 2 } as const;
const PACKAGE = { ID: 1, NAME: 2, TYPE: 3 } as const;
const TYPE = { ID: 1, NAME: 2, ENTRY: 3 } as const;
const ENTRY = { ID: 1, NAME: 2, CONFIG_VALUE: 6 } as const;
const CONFIG_VALUE = { CONFIG: 1, VALUE: 2 } as const;
const VALUE = { ITEM: 4, COMPOUND: 5 } as const;

/** Of a resource: its names, and where its values stand. */
interface Entry {
  readonly type: string;
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/**
 * The resource table of a module of an app bundle, an `aapt.pb.ResourceTable`: `base/resources.pb`. As
 * {@link parseResourceTable}; paths of files are inside the module. Values behind a disabled flag are passed over.
 * Throws `protobuf.*`, `artifact.*`.
 */
export function parseProtoResourceTable(bytes: Uint8Array, limits: Partial<TableLimits> = {}): ResourceTable {
  const allLimits = { ...TABLE_LIMITS, ...limits };
  assertSize(bytes, allLimits.maxBytes);
  return createResourceTable(new ProtoSource(new ByteView(bytes), allLimits.maxSteps));
}

class ProtoSource implements ResourceSource {
  readonly packages: readonly ResourcePackage[];
  private readonly view: ByteView;
  private readonly steps: Budget;
  private readonly entries = new Map<number, Entry>();

  constructor(view: ByteView, maxSteps: number) {
    this.view = view;
    this.steps = new Budget(maxSteps, 'artifact.too_many_items');
    const table = this.message(0, view.length);
    this.packages = Array.from(table.messages(TABLE.PACKAGE), (each) => this.readPackage(each));
  }

  entry(id: number): Entry | undefined {
    return this.entries.get(id);
  }

  *ids(type: string): Generator<number> {
    for (const [id, entry] of this.entries) if (entry.type === type) yield id;
  }

  values(id: number): ResourceValue[] {
    const entry = this.entries.get(id);
    if (entry === undefined) return [];
    return Array.from(this.message(entry.start, entry.end).messages(ENTRY.CONFIG_VALUE), toValue);
  }

  private message(start: number, end: number): ProtoMessage {
    return new ProtoMessage(this.view, this.steps, start, end);
  }

  private readPackage(message: ProtoMessage): ResourcePackage {
    const id = message.message(PACKAGE.ID)?.uint32(1) ?? 0;
    for (const type of message.messages(PACKAGE.TYPE)) this.readType(id, type);
    return { id, name: message.text(PACKAGE.NAME) };
  }

  private readType(packageId: number, message: ProtoMessage): void {
    const typeId = message.message(TYPE.ID)?.uint32(1) ?? 0;
    const type = message.text(TYPE.NAME);
    for (const entry of message.messages(TYPE.ENTRY)) {
      const index = entry.message(ENTRY.ID)?.uint32(1) ?? 0;
      const id = (packageId & 0xff) * 2 ** 24 + (typeId & 0xff) * 2 ** 16 + (index & 0xffff);
      this.entries.set(id, { type, name: entry.text(ENTRY.NAME), start: entry.start, end: entry.end });
    }
  }
}

function toValue(message: ProtoMessage): ResourceValue {
  const config = protoConfig(message.message(CONFIG_VALUE.CONFIG));
  const value = message.message(CONFIG_VALUE.VALUE);
  value?.oneOf([VALUE.ITEM, VALUE.COMPOUND]);
  const item = value?.message(VALUE.ITEM);
  if (item === undefined) return { kind: 'map', text: '', config };
  const { isInteger: _, ...typed } = itemValue(item);
  return { ...typed, config };
}
