import { concat } from '@assay/formats';
import type { CertificateRecipe } from '../recipe.ts';

type Encoding = NonNullable<CertificateRecipe['encoding']>;

const SEQUENCE = 0x30;
const INDEFINITE = 0x80;
const END_OF_CONTENTS = Uint8Array.of(0, 0);

/**
 * Departures from DER outside of what is signed, so that the signature holds and the encoding is the only fault. An unsorted
 * SET has to be signed: it is made where the name is.
 */
const DEPARTURES: Readonly<Record<Encoding, (certificate: Uint8Array) => Uint8Array>> = {
  'indefinite-length': (der) => concat(Uint8Array.of(SEQUENCE, INDEFINITE), contentOf(der), END_OF_CONTENTS),
  'long-length': longLength,
  'unsorted-set': (der) => der,
  'trailing-octet': (der) => concat(der, Uint8Array.of(0)),
};

export function encode(certificate: Uint8Array, encoding: Encoding | undefined): Uint8Array {
  return encoding === undefined ? certificate : DEPARTURES[encoding](certificate);
}

/** X.690 10.1 demands the fewest octets of length; here are always four. */
function longLength(der: Uint8Array): Uint8Array {
  const content = contentOf(der);
  const length = Uint8Array.of(content.length >> 24, content.length >> 16, content.length >> 8, content.length);
  return concat(Uint8Array.of(SEQUENCE, 0x80 | length.length), length, content);
}

/** The content of a SEQUENCE that we wrote ourselves. */
function contentOf(der: Uint8Array): Uint8Array {
  const first = der[1] ?? 0;
  return der.subarray(first < 0x80 ? 2 : 2 + (first & 0x7f));
}
