import { type KeyObject, sign } from 'node:crypto';
import { toBase64url, utf8 } from '@assay/formats';

const ALGORITHMS = { ES256: 'ec', RS256: 'rsa' } as const;

/** A compact JWT by a key of ours, for a vendor that knows its public half. */
export function makeJwt(
  alg: keyof typeof ALGORITHMS,
  kid: string,
  claims: Readonly<Record<string, string | number>>,
  key: KeyObject,
): string {
  const encode = (value: object) => toBase64url(utf8(JSON.stringify(value)));
  const input = `${encode({ alg, kid, typ: 'JWT' })}.${encode(claims)}`;
  return `${input}.${toBase64url(sign('sha256', utf8(input), { key, dsaEncoding: 'ieee-p1363' }))}`;
}
