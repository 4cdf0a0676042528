import { defineReasons, type Reason } from '@assay/core';

/** What was not so, per code. A published code never changes its meaning. */
const SUMMARIES = {
  'artifact.input_too_large': 'the file is larger than the limit',
  'artifact.text_invalid': 'a text is not in the encoding that its place demands',
  'artifact.too_deep': 'the nesting is deeper than the limit',
  'artifact.too_many_items': 'there are more items than the limit',
  'artifact.too_much_text': 'the texts together are longer than the limit',
  'artifact.truncated': 'the file ends, or its enclosing part does, before a value that it announces',
  'binary_xml.end_unexpected': 'an element ends that was never begun',
  'binary_xml.element_unclosed': 'the document ends inside an element',
  'binary_xml.name_missing': 'an element has no name',
  'binary_xml.root_missing': 'the document has no element',
  'binary_xml.root_repeated': 'the document has more than one outermost element',
  'binary_xml.strings_missing': 'an element stands before any string pool',
  'dex.header_invalid': 'the file does not begin with the header of a dex file of a known version',
  'dex.index_invalid': 'an index points outside its table',
  'dex.strings_overlap': 'the strings together are longer than the file, so they overlap',
  'mach_o.command_invalid': 'a load command is shorter than its fields, or runs over the end of the commands',
  'mach_o.magic_unknown': 'the file does not begin with the header of a 64-bit Mach-O file or of a universal one',
  'mach_o.signature_invalid': 'the code signature is not the structure that it announces',
  'protobuf.field_invalid': 'a field has the number zero or a wire type that is not in use',
  'protobuf.field_repeated':
    'a field stands twice that may stand once, or two fields do of which one excludes the other',
  'protobuf.type_unexpected': 'a field has another wire type than its place demands',
  'protobuf.varint_invalid': 'a number takes more than ten bytes',
  'resource_chunk.header_invalid': 'the sizes in a chunk header contradict each other or the file',
  'resource_table.entry_invalid': 'a resource entry lies outside its chunk, or is shorter than its fields',

  'resource_table.reference_too_deep': 'references lead from one to the next more often than Android follows them',
  'resource_table.root_invalid': 'the file does not begin with the header of a resource table',
  'string_pool.invalid': 'the string pool has no room for what its header announces, or no end',
} as const;

/** Every code that an {@link ArtifactError} may carry. */
export type ArtifactCode = keyof typeof SUMMARIES;

const HINT =
  'The file is damaged, is not of the expected format, or was altered to hinder its analysis: build it anew from source.';

type Row = Omit<Reason, 'code'>;

function toRows(summaries: Readonly<Record<ArtifactCode, string>>): Record<ArtifactCode, Row> {
  const row = (summary: string): Row => ({ family: 'request', class: 'app', action: 'stop', summary, hint: HINT });
  const rows = Object.entries(summaries).map(([code, summary]) => [code, row(summary)]);
  return Object.fromEntries(rows) as Record<ArtifactCode, Row>; // fromEntries forgets the keys, which are those of `summaries`.
}

/** The reason codes of the readers of built apps. */
export const ARTIFACT_REASONS: Readonly<Record<ArtifactCode, Reason>> = defineReasons(toRows(SUMMARIES));
