import { generateKeyPairSync, hash, sign } from 'node:crypto';
import { utf8 } from '@assay/formats';
import { createProof, type EcJwk } from '@assay/tokens';
import { z } from 'zod';
import { random } from './random.ts';

/** What somebody tries who has copied a token off a genuine phone, but not the key that it is bound to. */
export interface Theft {
  readonly label: string;
  readonly differs: string;
  readonly status: number;
  readonly code: string;
  readonly support: string | undefined;
}

type Attempt = Pick<Theft, 'label' | 'differs'> & { readonly headers: Readonly<Record<string, string>> };

/** Calls without a token, with the token alone, and with a proof by a key of the thief's own. */
export async function steal(url: string, token: string): Promise<readonly Theft[]> {
  const nonce = (await fetch(url, { headers: { authorization: `DPoP ${token}` } })).headers.get('dpop-nonce') ?? '';
  const attempts: readonly Attempt[] = [
    { label: 'Script without a token', differs: 'It calls the API and never was an app.', headers: {} },
    {
      label: 'Copied token, as a bearer',
      differs: 'The token is genuine, the scheme is one that asks for no proof.',
      headers: { authorization: `Bearer ${token}` },
    },
    {
      label: 'Copied token, without proof',
      differs: 'The token is genuine, nothing shows that its key is here.',
      headers: { authorization: `DPoP ${token}` },
    },
    {
      label: "Copied token, thief's own key",
      differs: 'The token is genuine, the proof is by another key.',
      headers: { authorization: `DPoP ${token}`, dpop: await foreignProof(url, token, nonce) },
    },
  ];
  return Promise.all(attempts.map((attempt) => call(url, attempt)));
}

const Problem = z.looseObject({ code: z.string(), support: z.string().optional() });

async function call(url: string, { headers, ...attempt }: Attempt): Promise<Theft> {
  const answer = await fetch(url, { headers });
  const { data } = Problem.safeParse(await answer.json());
  return { ...attempt, status: answer.status, code: data?.code ?? '', support: data?.support };
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
