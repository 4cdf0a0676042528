import { type DerReader, TAG } from '@assay/formats';

/** An AlgorithmIdentifier (RFC 5280 4.1.1.2). `raw` is the whole element, `parameters` what follows the OID. */
export interface AlgorithmIdentifier {
  readonly raw: Uint8Array;
  readonly oid: string;
  readonly parameters: Uint8Array | undefined;
}

/** Signed bytes, the algorithm they name, and the signature: a certificate or a revocation list. */
export interface Signed {
  readonly tbs: Uint8Array;
  readonly signatureAlgorithm: AlgorithmIdentifier;
  readonly signature: Uint8Array;
}

/**
 * Reads an AlgorithmIdentifier. With `anyTrailing`, whatever follows the OID is kept in `raw` alone and means nothing.
 * Raises FormatError.
 */
export function readAlgorithmIdentifier(reader: DerReader, anyTrailing: boolean): AlgorithmIdentifier {
  const { raw, inside: fields } = reader.enterWhole(TAG.SEQUENCE);
  const oid = fields.oid();
  if (anyTrailing || fields.isEmpty) return { raw, oid, parameters: undefined };
  const parameters = fields.raw();
  fields.end();
  return { raw, oid, parameters };
}
