/** Compact JWS for tests, wrong in exactly the way that a test asks for. */
import { type KeyObject, sign } from 'node:crypto';
import { toBase64url, utf8 } from '@assay/formats';

const part = (value: object | string): string =>
  toBase64url(utf8(typeof value === 'string' ? value : JSON.stringify(value)));

export function mintJws(header: object | string, payload: object | string, key: KeyObject): string {
  const input = `${part(header)}.${part(payload)}`;
  return `${input}.${toBase64url(sign('sha256', utf8(input), { key, dsaEncoding: 'ieee-p1363' }))}`;
}

/** The token with the octet at a place of its signature changed. */
export function withOtherSignature(token: string): string {
  const [header = '', payload = '', signature = ''] = token.split('.');
  const bytes = Buffer.from(signature, 'base64url');
  bytes[7] = (bytes[7] ?? 0) ^ 1;
  return `${header}.${payload}.${bytes.toString('base64url')}`;
}
