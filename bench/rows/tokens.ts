import { createPublicKey, randomBytes, verify } from 'node:crypto';
import {
  createChallengeKeys,
  createEcKeys,
  createFixedKeys,
  createNonces,
  createProof,
  createReplayMemory,
  createTokenVerifier,
  generateSigningKey,
  issueToken,
  textHash,
  thumbprint,
  toDerSignature,
  verifyProof,
} from '@assay/tokens';
import { createLocalJWKSet, jwtVerify } from 'jose';
import { compare } from '../measure.ts';
import { functionOf, importPeer, NO_PEERS } from '../peers.ts';
import { atLeast, notMeasured, perSecond, type Row } from '../row.ts';

const ISS = 'https://attest.example.com/t/acme/e/prod';
const AUDIENCE = 'https://api.example.com';
const random = (length: number) => new Uint8Array(randomBytes(length));

/** Verification of tokens and proofs, against a bare P-256 verification and two JWT libraries. */
export async function bench(): Promise<readonly Row[]> {
  const signingKey = generateSigningKey().key;
  const device = generateSigningKey().key;
  const token = issueToken(
    {
      ...{ type: 'at+jwt', iss: ISS, audience: AUDIENCE, app: 'com.example.bank', key: device.publicJwk },
      ...{ assurance: 'high', tier: 'affirming', keyProtection: 'hardware', platform: 'android', appVersion: '4.2.0' },
      ...{ attestedAt: Date.now(), freshAt: Date.now(), policy: 'strict@1', instance: 'AAAAAAAAAAAAAAAAAAAAAA' },
    },
    { signingKey, at: Date.now(), random },
  );
  const bare = bareSignature(token, signingKey.publicJwk);
  const ours = verifierOf(signingKey, token, 0);
  const own = await compare(ours, bare);
  const cached = await compare(verifierOf(signingKey, token, 10), bare);
  return [
    atLeast('token verification, of a bare P-256 verification', own.ratio, 0.85, perSecond(own.subject)),
    { name: 'token verification, remembered', found: `${cached.ratio.toFixed(1)}  ${perSecond(cached.subject)}` },
    ...(await againstPeers(ours, token, signingKey)),
    await proofCost(device, token, bare),
  ];
}

type Key = ReturnType<typeof generateSigningKey>['key'];

function bareSignature(token: string, jwk: Key['publicJwk']): () => boolean {
  const [header = '', payload = '', signature = ''] = token.split('.');
  const data = Buffer.from(`${header}.${payload}`);
  const der = toDerSignature(Buffer.from(signature, 'base64url'));
  const key = createPublicKey({ key: { ...jwk }, format: 'jwk' });
  return () => verify('sha256', data, key, der);
}

function verifierOf({ kid, publicJwk }: Key, token: string, cacheCapacity: number): () => Promise<unknown> {
  const issuers = [{ iss: ISS, keys: createFixedKeys([{ kid, publicJwk }]) }];
  const verifier = createTokenVerifier({
    issuers,
    audience: AUDIENCE,
    apps: ['com.example.bank'],
    clock: Date.now,
    cacheCapacity,
  });
  return () => verifier.verify(token, 'dpop');
}

async function againstPeers(ours: () => unknown, token: string, { kid, publicJwk }: Key): Promise<Row[]> {
  const jwks = createLocalJWKSet({ keys: [{ ...publicJwk, kid, alg: 'ES256' }] });
  const joseOptions = { issuer: ISS, audience: AUDIENCE, typ: 'at+jwt', algorithms: ['ES256'] };
  const jose = await compare(ours, () => jwtVerify(token, jwks, joseOptions));
  return [
    atLeast('token verification, against jose', jose.ratio, 1, `theirs ${perSecond(jose.reference)}`),
    await againstFastJwt(ours, token, publicJwk),
  ];
}

async function againstFastJwt(ours: () => unknown, token: string, publicJwk: Key['publicJwk']): Promise<Row> {
  const module = await importPeer('fast-jwt');
  if (module === undefined) return notMeasured('token verification, against fast-jwt', NO_PEERS);
  const key = createPublicKey({ key: { ...publicJwk }, format: 'jwk' }).export({ format: 'pem', type: 'spki' });
  const options = { key, algorithms: ['ES256'], allowedIss: ISS, allowedAud: AUDIENCE, cache: false };
  const verifier = functionOf(module, 'createVerifier')(options);
  if (typeof verifier !== 'function') throw new Error('fast-jwt made no verifier');
  const { ratio, reference } = await compare(ours, () => verifier(token));
  return atLeast('token verification, against fast-jwt', ratio, 1, `theirs ${perSecond(reference)}`);
}

/** What a DPoP proof costs beside the token: one more signature, with its strict reading and the replay memory. */
async function proofCost(device: Key, token: string, bare: () => unknown): Promise<Row> {
  const keys = createEcKeys();
  const nonces = createNonces({
    ...{ audience: AUDIENCE, clock: Date.now, random },
    keys: createChallengeKeys(1, [{ kid: 1, secret: random(32) }]),
  });
  const sign = (bytes: Uint8Array) => device.sign(bytes);
  const proof = await createProof(
    {
      method: 'GET',
      url: `${AUDIENCE}/v1/x`,
      jti: random(16),
      iat: 0,
      nonce: nonces.issue(),
      accessTokenHash: Buffer.from(textHash(token), 'base64url'),
    },
    device.publicJwk,
    sign,
  );
  const replay = { ...createReplayMemory({ clock: Date.now }), remember: () => true };
  const request = {
    method: 'GET',
    url: `${AUDIENCE}/v1/x`,
    query: '',
    iss: ISS,
    jkt: thumbprint(device.publicJwk),
    accessToken: token,
    at: Date.now(),
  };
  const { ratio, subject } = await compare(
    () => verifyProof(proof, request, { nonce: 'required', nonces, replay, keys }),
    bare,
  );
  return { name: 'DPoP proof, of a bare P-256 verification', found: `${ratio.toFixed(2)}  ${perSecond(subject)}` };
}
