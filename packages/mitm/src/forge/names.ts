import { concat, der, utf8 } from '@assay/formats';
import { addressOctets } from './hosts.ts';
import { OID } from './oids.ts';

const EMPTY = der.sequence();
const ORGANIZATION = der.sequence(OID.organization, der.utf8('Assay Lab'));

function commonNameOf(text: string): Uint8Array {
  return der.sequence(OID.commonName, der.raw(0x0c, utf8(text)));
}

/** A name of one attribute; none for empty text. */
export function nameOf(commonName: string): Uint8Array {
  return commonName === '' ? EMPTY : der.sequence(der.set(commonNameOf(commonName)));
}

/** A name whose one SET has two attributes, the greater first, which DER forbids (X.690 11.6). */
export function unsortedNameOf(commonName: string): Uint8Array {
  const own = commonNameOf(commonName);
  const isGreater = Buffer.compare(own, ORGANIZATION) > 0;
  return der.sequence(der.raw(0x31, isGreater ? concat(own, ORGANIZATION) : concat(ORGANIZATION, own)));
}

/** A dNSName (RFC 5280 4.2.1.6) of any text, also of what no host is called. */
export function dnsName(text: string): Uint8Array {
  return der.raw(0x82, utf8(text));
}

export function addressName(text: string): Uint8Array {
  return der.raw(0x87, addressOctets(text));
}
