/** Readers of what is inside built apps: for tools that audit them, not for servers or phones. */

export { parseResourceTable } from './android/arsc.ts';
export { ANDROID_NAMESPACE } from './android/attributes.ts';
export { parseBinaryXml } from './android/binary-xml.ts';
export { type DexClass, type DexFile, type DexLimits, type DexMethod, parseDex } from './android/dex.ts';
export { parseProtoResourceTable } from './android/proto-table.ts';
export { parseProtoXml } from './android/proto-xml.ts';
export type { Resource, ResourcePackage, ResourceTable, ResourceValue } from './android/resource-table.ts';
export type { TableLimits } from './android/table-limits.ts';
export type { TypedValue, ValueKind } from './android/typed-value.ts';
export type { XmlLimits } from './android/xml-limits.ts';
export { ArtifactError } from './artifact-error.ts';
export * from './artifact-reasons.ts';
export { type BytesPredicate, containing, equalTo } from './byte-search.ts';
export { type MachOLimits, type MachOSlice, parseMachO } from './mach-o.ts';
export type { MachODylib, MachOSymbols } from './mach-o-commands.ts';
export * from './xml-tree.ts';
