import { DerReader } from '@assay/formats';
import type { Certificate } from '../certificate.ts';
import type { Extensions } from '../extensions/index.ts';
import { OCSP_SCT_LIST, POISON, SCT_LIST } from './oids.ts';
import { parseSctList, type Sct } from './sct.ts';

/** The timestamps inside a certificate (RFC 6962 3.3); none when it has no such extension. Raises as parseSctList, FormatError. */
export function sctsOf({ extensions }: Pick<Certificate, 'extensions'>): readonly Sct[] {
  return sctsIn(extensions, SCT_LIST);
}

/** The timestamps inside a single response of OCSP. Raises as parseSctList, FormatError. */
export function sctsOfOcsp({ extensions }: { readonly extensions: Extensions }): readonly Sct[] {
  return sctsIn(extensions, OCSP_SCT_LIST);
}

function sctsIn(extensions: Extensions, oid: string): readonly Sct[] {
  const extension = extensions.get(oid);
  if (extension === undefined) return [];
  const reader = DerReader.of(extension.value);
  const list = reader.octetString();
  reader.end();
  return parseSctList(list);
}

/** Whether this is a precertificate (RFC 6962 3.1), which no server may present. Critical or not: nobody else uses it. */
export function isPoisoned({ extensions }: Pick<Certificate, 'extensions'>): boolean {
  return extensions.has(POISON);
}
