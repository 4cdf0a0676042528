import { type DerReader, TAG } from '@assay/formats';
import { type GeneralName, readGeneralName } from '../general-names.ts';

export interface AccessDescription {
  readonly method: string;
  readonly location: GeneralName;
}

/** RFC 5280 4.2.2.1: one description at least. Nothing is fetched from it; a malformed one is refused. */
export function readAuthorityInfoAccess(reader: DerReader): readonly AccessDescription[] {
  const list = reader.enter(TAG.SEQUENCE);
  const descriptions = [readDescription(list.enter(TAG.SEQUENCE))];
  while (!list.isEmpty) descriptions.push(readDescription(list.enter(TAG.SEQUENCE)));
  return descriptions;
}

function readDescription(fields: DerReader): AccessDescription {
  const method = fields.oid();
  const location = readGeneralName(fields, 'name');
  fields.end();
  return { method, location };
}
