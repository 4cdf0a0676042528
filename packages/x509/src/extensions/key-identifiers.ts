import { type DerReader, TAG } from '@assay/formats';

/** RFC 5280 4.2.1.1. Issuer and serial are only told to be there: nothing here chooses a path by them. */
export interface AuthorityKeyIdentifier {
  readonly keyIdentifier: Uint8Array | undefined;
  readonly hasIssuerOrSerial: boolean;
}

export function readSubjectKeyIdentifier(reader: DerReader): Uint8Array {
  return reader.octetString();
}

export function readAuthorityKeyIdentifier(reader: DerReader): AuthorityKeyIdentifier {
  const fields = reader.enter(TAG.SEQUENCE);
  const keyIdentifier = fields.peek() === 0x80 ? fields.content(0x80) : undefined;
  const hasIssuer = skipIf(fields, 0xa1);
  const hasSerial = skipIf(fields, 0x82);
  fields.end();
  return { keyIdentifier, hasIssuerOrSerial: hasIssuer || hasSerial };
}

function skipIf(reader: DerReader, identifier: number): boolean {
  if (reader.peek() !== identifier) return false;
  reader.skip();
  return true;
}
