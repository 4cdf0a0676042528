import { DerReader, normaliseBer, TAG } from '@assay/formats';
import { unusable } from '../unusable.ts';

const SIGNED_DATA = '1.2.840.113549.1.7.2';

/** A bundle of a whole public root store has some 150 certificates of some hundred elements each; none of them is entered. */
export const CONTAINER_LIMITS = { maxBytes: 1 << 20, maxNodes: 1 << 16, maxDepth: 24 };

/**
 * The certificates of a PKCS#7 bundle (RFC 2315 9.1; .p7b, .p7c), in its order, DER. Signatures over other content are not
 * looked at: a bundle is a bag, and whoever sent it is no witness for what is in it.
 *
 * @throws ConfigError `pins.input_unknown`, `pins.container_empty`; FormatError
 */
export function certificatesOfPkcs7(ber: Uint8Array): readonly Uint8Array[] {
  const outer = DerReader.of(normaliseBer(ber, CONTAINER_LIMITS), CONTAINER_LIMITS);
  const info = outer.enter(TAG.SEQUENCE);
  outer.end();
  if (info.oid() !== SIGNED_DATA) throw unusable('pins.input_unknown');
  const signed = info.enter(EXPLICIT_0).enter(TAG.SEQUENCE);
  signed.integer();
  signed.skip(); // digest algorithms
  signed.skip(); // content
  const certificates = signed.peek() === EXPLICIT_0 ? plainCertificates(signed.enter(EXPLICIT_0)) : [];
  if (certificates.length === 0) throw unusable('pins.container_empty');
  return certificates;
}

const EXPLICIT_0 = 0xa0;

/** The other choices of ExtendedCertificateOrCertificate are obsolete or attributes, and tagged. */
function plainCertificates(list: DerReader): readonly Uint8Array[] {
  const found: Uint8Array[] = [];
  while (!list.isEmpty) {
    if (list.peek() === TAG.SEQUENCE) found.push(list.raw(TAG.SEQUENCE));
    else list.skip();
  }
  return found;
}
