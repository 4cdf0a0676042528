/** Readers of what is inside built apps: for tools that audit them, not for servers or phones. */
export { parseBinaryXml } from './android/binary-xml.ts';
export type { TypedValue, ValueKind } from './android/typed-value.ts';
export type { XmlLimits } from './android/xml-limits.ts';
export { ArtifactError } from './artifact-error.ts';
export * from './artifact-reasons.ts';
export * from './xml-tree.ts';
