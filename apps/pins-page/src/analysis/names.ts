import type { Name } from '@assay/x509/certificate';

/** The attributes that people know by a short name (RFC 4514 3); others stand by their OID. */
const SHORT: ReadonlyMap<string, string> = new Map([
  ['2.5.4.3', 'CN'],
  ['2.5.4.6', 'C'],
  ['2.5.4.7', 'L'],
  ['2.5.4.8', 'ST'],
  ['2.5.4.10', 'O'],
  ['2.5.4.11', 'OU'],
  ['0.9.2342.19200300.100.1.25', 'DC'],
]);

/** Control and format characters could turn around what stands beside them. */
const UNSHOWN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** A distinguished name on one line, as it stands in the certificate. */
export function showName({ attributes }: Name): string {
  return attributes.map(({ oid, value }) => `${SHORT.get(oid) ?? oid}=${plain(value)}`).join(', ');
}

/** Text from outside, with everything that cannot be seen spelled out. */
export function plain(text: string): string {
  return text.replace(UNSHOWN, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
}
