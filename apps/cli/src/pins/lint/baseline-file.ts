import { z } from 'zod';
import { readDocument } from '../../documents.ts';
import { writeWhole } from '../../files.ts';

const BaselineFile = z.strictObject({
  schema: z.literal('assay.pins.baseline/1'),
  findings: z.array(z.string().max(2000)).max(100_000),
});

/** @throws RequestError `cli.document_invalid`; UpstreamError `cli.file_unreadable` */
export const readBaseline = (path: string): readonly string[] => readDocument(path, BaselineFile).findings;

/** @throws UpstreamError `cli.file_unwritable` */
export function writeBaseline(path: string, findings: readonly string[]): void {
  writeWhole(path, `${JSON.stringify({ schema: 'assay.pins.baseline/1', findings }, undefined, 2)}\n`);
}
