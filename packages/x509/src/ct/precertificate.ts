import { DerReader, der, TAG } from '@assay/formats';
import { SCT_LIST } from './oids.ts';

const EXTENSIONS = 0xa3;

/**
 * The TBSCertificate that the logs signed (RFC 6962 3.2): the certificate's own, without the list of timestamps. All other
 * bytes stay as they are, only lengths change. The precertificate's poison and, where a special certificate issued it, that
 * issuer's name never come into it: the final certificate has neither.
 */
export function precertificateTbs(tbs: Uint8Array): Uint8Array {
  const fields = DerReader.of(tbs).enter(TAG.SEQUENCE);
  const parts: Uint8Array[] = [];
  while (!fields.isEmpty) {
    if (fields.peek() === EXTENSIONS) parts.push(...withoutList(fields.enter(EXTENSIONS).enter(TAG.SEQUENCE)));
    else parts.push(fields.raw());
  }
  return der.sequence(...parts);
}

/** The extensions element again; none when nothing is left, because Extensions is never empty (RFC 5280 4.1). */
function withoutList(list: DerReader): Uint8Array[] {
  const kept: Uint8Array[] = [];
  while (!list.isEmpty) {
    const raw = list.raw(TAG.SEQUENCE);
    if (DerReader.of(raw).enter(TAG.SEQUENCE).oid() !== SCT_LIST) kept.push(raw);
  }
  return kept.length === 0 ? [] : [der.explicit(3, der.sequence(...kept))];
}
