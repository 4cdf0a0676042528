import { type DerReader, TAG } from '@assay/formats';

/** RFC 5280 4.2.1.12: one purpose at least; an empty list is a decoding fault. */
export function readExtKeyUsage(reader: DerReader): readonly string[] {
  const list = reader.enter(TAG.SEQUENCE);
  const purposes = [list.oid()];
  while (!list.isEmpty) purposes.push(list.oid());
  return purposes;
}
