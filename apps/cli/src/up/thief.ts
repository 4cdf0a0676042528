import { generateKeyPairSync, hash, sign } from 'node:crypto';
import { utf8 } from '@assay/formats';
import { createProof, type EcJwk } from '@assay/tokens';
import { random } from './demo-server.ts';

/** What somebody tries who has copied a token off a genuine phone, but not the key that it is bound to. */
export interface Theft {
  readonly label: string;
  readonly status: number;
  readonly code: string;
}

/** Calls without a token, with the token alone, and with a proof by a key of the thief's own. */
export async function steal(url: string, token: string): Promise<readonly Theft[]> {
  const nonce = (await fetch(url, { headers: { authorization: `DPoP ${token}` } })).headers.get('dpop-nonce') ?? '';
  const attempts: readonly (readonly [string, Record<string, string>])[] = [
    ['Script without a token', {}],
    ['Copied token, as a bearer', { authorization: `Bearer ${token}` }],
    ['Copied token, without proof', { authorization: `DPoP ${token}` }],
    ["Copied token, thief's own key", { authorization: `DPoP ${token}`, dpop: await foreignProof(url, token, nonce) }],
  ];
  return Promise.all(attempts.map(async ([label, headers]) => ({ label, ...(await attempt(url, headers)) })));
}

async function attempt(url: string, headers: Record<string, string>): Promise<{ status: number; code: string }> {
  const answer = await fetch(url, { headers });
  const problem: unknown = await answer.json();
  const code = typeof problem === 'object' && problem !== null && 'code' in problem ? String(problem.code) : '';
  return { status: answer.status, code };
}

async function foreignProof(url: string, token: string, nonce: string): Promise<string> {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  const jwk: EcJwk = { kty: 'EC', crv: 'P-256', x, y };
  const claims = {
    ...{ method: 'GET', url, jti: random(16), iat: Math.floor(Date.now() / 1000) },
    ...(nonce === '' ? {} : { nonce }),
    accessTokenHash: hash('sha256', utf8(token), 'buffer'),
  };
  return createProof(claims, jwk, (input) => sign('sha256', input, { key: privateKey, dsaEncoding: 'ieee-p1363' }));
}
