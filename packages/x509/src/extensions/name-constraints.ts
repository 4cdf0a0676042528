import { type DerReader, TAG } from '@assay/formats';
import { malformed } from '../faults.ts';
import { type GeneralName, readGeneralName } from '../general-names.ts';

/** The name space that an issuer may certify (RFC 5280 4.2.1.10). */
export interface NameConstraints {
  readonly permitted: readonly GeneralName[];
  readonly excluded: readonly GeneralName[];
}

/** Raises x509.extension_malformed when neither list is there, or when a subtree has a minimum or maximum. */
export function readNameConstraints(reader: DerReader): NameConstraints {
  const fields = reader.enter(TAG.SEQUENCE);
  const permitted = readSubtrees(fields.explicit(0));
  const excluded = readSubtrees(fields.explicit(1));
  fields.end();
  if (permitted.length + excluded.length === 0) {
    throw malformed('x509.extension_malformed', { clause: 'RFC 5280 4.2.1.10', found: 'no subtree' });
  }
  return { permitted, excluded };
}

/** `list` is the content of an IMPLICIT SEQUENCE OF, one subtree at least. */
function readSubtrees(list: DerReader | undefined): readonly GeneralName[] {
  if (list === undefined) return [];
  const subtrees = [readSubtree(list.enter(TAG.SEQUENCE))];
  while (!list.isEmpty) subtrees.push(readSubtree(list.enter(TAG.SEQUENCE)));
  return subtrees;
}

/** Minimum must be 0, which DER leaves out, and maximum must be absent: so nothing may follow the base. */
function readSubtree(fields: DerReader): GeneralName {
  const base = readGeneralName(fields, 'constraint');
  fields.end();
  return base;
}
