import { randomBytes } from 'node:crypto';
import {
  createChallengeKeys,
  createNonces,
  createProof,
  generateSigningKey,
  issueToken,
  sha256,
  type TokenRequest,
  toJwks,
} from '@assay/tokens';
import { quantile } from '../measure.ts';
import { startChild } from '../parts/child.ts';
import { headOf, openConnection, sendAll } from '../parts/connection.ts';
import { perSecond, type Row } from '../row.ts';

const ISS = 'https://attest.example.com/t/acme/e/prod';
const ORIGIN = 'https://api.example.com';
const APP = 'com.example.bank';
const PATH = '/pay';
const ROUNDS = 8;
const REQUESTS = 1_500;
const CONNECTIONS = 16;

const random = (length: number) => new Uint8Array(randomBytes(length));
const nonceSecret = random(32);
const signer = generateSigningKey().key;
/** One phone a round: of the memory of used proofs it may fill a share, not a whole run. */
let device = generateSigningKey().key;

/** One kind of traffic to one kind of route. */
interface Kind {
  readonly name: string;
  readonly isGuarded: boolean;
  /** A request; `token` is one that all of them may share. */
  readonly request: (token: { readonly bearer: string; readonly bound: string }) => Promise<Uint8Array> | Uint8Array;
}

const KINDS: readonly Kind[] = [
  {
    name: 'route without the middleware',
    isGuarded: false,
    request: ({ bearer }) => get({ authorization: `Bearer ${bearer}` }),
  },
  {
    name: 'bearer token, remembered',
    isGuarded: true,
    request: ({ bearer }) => get({ authorization: `Bearer ${bearer}` }),
  },
  {
    name: 'bearer token, new each time',
    isGuarded: true,
    request: () => get({ authorization: `Bearer ${tokenOf(undefined)}` }),
  },
  { name: 'token remembered, DPoP proof new each time', isGuarded: true, request: ({ bound }) => proven(bound) },
  { name: 'token and DPoP proof new each time', isGuarded: true, request: () => proven(tokenOf(device.publicJwk)) },
];

/** A route on node:http with the middleware in front of it, against the same route without: requests per CPU second. */
export async function bench(): Promise<readonly Row[]> {
  const host = startChild('route.ts');
  try {
    const bare = await host.ask<number>('start');
    const guarded = await host.ask<number>('start', { options: options() });
    const speeds: number[][] = KINDS.map(() => []);
    for (let round = 0; round <= ROUNDS; round++) {
      for (const [index, kind] of KINDS.entries()) {
        const requests = await requestsOf(kind);
        const speed = await speedOf(requests, kind.isGuarded ? guarded : bare, host);
        if (round > 0) speeds[index]?.push(speed);
      }
    }
    return rowsOf(speeds.map((found) => quantile(found, 0.75)));
  } finally {
    await host.stop();
  }
}

function rowsOf([bare = Number.NaN, ...others]: readonly number[]): Row[] {
  return KINDS.map(({ name }, index) => {
    const speed = others[index - 1] ?? bare;
    const cost = index === 0 ? '' : `, ${(1e6 / speed - 1e6 / bare).toFixed(0)} µs more`;
    return { name, found: `${(speed / bare).toFixed(2)}  ${perSecond(speed)}${cost}` };
  });
}

function options(): object {
  return {
    ...{ issuer: ISS, audience: ORIGIN, apps: [APP], publicOrigin: ORIGIN, shape: 'access_token', dpop: 'optional' },
    ...{ jwks: toJwks([signer]), nonceSecret },
  };
}

async function requestsOf({ request }: Kind): Promise<Uint8Array[]> {
  device = generateSigningKey().key;
  const shared = { bearer: tokenOf(undefined), bound: tokenOf(device.publicJwk) };
  return Promise.all(Array.from({ length: REQUESTS }, () => request(shared)));
}

async function speedOf(requests: Uint8Array[], port: number, host: ReturnType<typeof startChild>): Promise<number> {
  const connections = Array.from({ length: CONNECTIONS }, () => openConnection(port));
  const before = await host.usage();
  const statuses = await sendAll(requests, connections);
  const after = await host.usage();
  for (const connection of connections) connection.close();
  if (statuses.get(200) !== REQUESTS) throw new Error(`answers: ${JSON.stringify([...statuses])}`);
  return (REQUESTS * 1e6) / (after.cpu - before.cpu);
}

const get = (headers: Readonly<Record<string, string>>) => Buffer.from(headOf('GET', PATH, headers));

function tokenOf(key: TokenRequest['key']): string {
  const at = Date.now();
  return issueToken(
    {
      ...{ type: 'at+jwt', iss: ISS, audience: ORIGIN, app: APP, key, assurance: 'low', tier: 'affirming' },
      ...{ keyProtection: 'software', platform: 'android', appVersion: '4.2.0', attestedAt: at, freshAt: at },
      ...{ policy: 'strict@1', instance: 'AAAAAAAAAAAAAAAAAAAAAA' },
    },
    { signingKey: signer, at, random },
  );
}

const nonces = createNonces({
  ...{ audience: ORIGIN, clock: Date.now, random },
  keys: createChallengeKeys(1, [{ kid: 1, secret: nonceSecret }]),
});

async function proven(token: string): Promise<Uint8Array> {
  const said = { method: 'GET', url: `${ORIGIN}${PATH}`, jti: random(16), iat: Math.floor(Date.now() / 1000) };
  const proof = await createProof(
    { ...said, nonce: nonces.issue(), accessTokenHash: sha256(token) },
    device.publicJwk,
    (bytes) => device.sign(bytes),
  );
  return get({ authorization: `DPoP ${token}`, dpop: proof });
}
