import { DerReader, TAG, toHex } from '@assay/formats';
import { CLAUSE } from '../clauses.ts';
import { malformed } from '../reasons.ts';
import type { ApplicationId, AttestedPackage } from './types.ts';
import { toText } from './values.ts';

/** AttestationApplicationId: DER of its own inside an OCTET STRING. Its sets come unsorted. */
export function readApplicationId(value: DerReader): ApplicationId {
  const outer = DerReader.of(value.octetString());
  const fields = outer.enter(TAG.SEQUENCE);
  const packages = readAll(fields.enter(TAG.SET), readPackage);
  const signers = readAll(fields.enter(TAG.SET), (set) => toHex(set.octetString()));
  fields.end();
  outer.end();
  return { packages, signers };
}

function readPackage(set: DerReader): AttestedPackage {
  const fields = set.enter(TAG.SEQUENCE);
  const name = toText(fields.octetString());
  const version = fields.integer().toString();
  fields.end();
  if (name === undefined) {
    throw malformed('android.key_description_malformed', {
      clause: CLAUSE.app,
      found: 'a package name that is not UTF-8',
    });
  }
  return { name, version };
}

function readAll<T>(set: DerReader, read: (set: DerReader) => T): readonly T[] {
  const items: T[] = [];
  while (!set.isEmpty) items.push(read(set));
  return items;
}
