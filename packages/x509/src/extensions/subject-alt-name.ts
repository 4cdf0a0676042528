import { type DerReader, TAG } from '@assay/formats';
import { type GeneralName, readGeneralNames } from '../general-names.ts';

/** RFC 5280 4.2.1.6. */
export function readSubjectAltNames(reader: DerReader): readonly GeneralName[] {
  return readGeneralNames(reader.enter(TAG.SEQUENCE));
}
