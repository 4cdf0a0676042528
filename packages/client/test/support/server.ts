/** A server that verifies messages, believes all evidence, and answers as a test tells it. */
import { createHash, randomBytes } from 'node:crypto';
import type { Fetch } from '@assay/core';
import { parseBase64url, toBase64url, utf8 } from '@assay/formats';
import { type PinSet, type PinSigner, type RootDocument, signPinSet, signRoot } from '@assay/pins';
import { sealBox } from '@assay/secrets/box';
import {
  createChallenge,
  createChallengeKeys,
  createEcKeys,
  generateSigningKey,
  issueToken,
  type OkReply,
  parseRequest,
  REPLY_MEDIA_TYPE,
  type RefusedReply,
  type Reply,
  type SigningKey,
  signReply,
  type VerifiedRequest,
  verifyRequest,
} from '@assay/tokens';

export const ISS = 'https://attest.example.com/t/acme/e/prod';
export const APP = 'com.example.bank';
export const API = 'https://api.example.com';
export const START: number = Date.UTC(2026, 10, 21, 12);
const DAY = 86_400;

export const random = (length: number): Uint8Array => new Uint8Array(randomBytes(length));

const rootKey = generateSigningKey().key;
const pinsKey = generateSigningKey().key;
export const replyKey: SigningKey = generateSigningKey().key;
export const nextReplyKey: SigningKey = generateSigningKey().key;
export const strangerKey: SigningKey = generateSigningKey().key;
const tokenKey = generateSigningKey().key;

const roleOf = (...keys: readonly SigningKey[]) => ({
  keys: new Map(keys.map((key) => [key.kid, key.publicJwk])),
  threshold: 1,
});

const signerOf = (key: SigningKey): PinSigner => ({ kid: key.kid, sign: (bytes) => key.sign(bytes) });

const root: RootDocument = {
  ...{ app: APP, env: 'prod', v: 1, epoch: 1, iat: START / 1000 - DAY, exp: START / 1000 + 700 * DAY },
  roles: { root: roleOf(rootKey), pins: roleOf(pinsKey), reply: roleOf(replyKey) },
};
export const rootWire: string = await signRoot(root, [signerOf(rootKey)]);

const successor: RootDocument = { ...root, v: 2, roles: { ...root.roles, reply: roleOf(nextReplyKey) } };
/** Names another reply key. */
export const successorWire: string = await signRoot(successor, [signerOf(rootKey)], root);

const pin = (number: number): string => createHash('sha256').update(`key ${number}`).digest('base64');

/** A signed set of this version, with this content. */
export function pinSetWire(v: number, first = 1): Promise<string> {
  const now = START / 1000;
  const host = {
    h: 'api.example.com',
    sub: false,
    mode: 'enforce',
    exp: now + 60 * DAY,
    spki: [pin(first), pin(2)],
  } as const;
  const set: PinSet = {
    ...{ app: APP, env: 'prod', epoch: 1, v, iat: now - 10, nbf: now - 10, exp: now + 30 * DAY, refresh: 3600 },
    ...{ hosts: [host], on_expiry: 'keep' },
  };
  const served = new Map([['api.example.com', [pin(first)]]]);
  return signPinSet(set, [signerOf(pinsKey)], { root, now: START, served });
}

const challengeKeys = createChallengeKeys(1, [{ kid: 1, secret: random(32) }]);
const keys = createEcKeys();

export interface TestServer {
  readonly fetch: Fetch;
  /** Every request that came, as it came. */
  readonly bodies: string[];
  readonly requests: VerifiedRequest[];
  readonly challenges: number[];
  /** Answers a verified request; the good reply unless a test says otherwise. */
  answer: (request: VerifiedRequest) => Response | Promise<Response>;
  /** Answers everything else below the issuer. */
  other: (request: Request) => Response | Promise<Response>;
  /** The server's own clock. */
  clock: () => number;
}

export function createTestServer(clock: () => number): TestServer {
  const server: TestServer = {
    ...{ bodies: [], requests: [], challenges: [], clock },
    answer: (request) => signed(okReply(request, server.clock())),
    other: () => new Response(null, { status: 404 }),
    fetch: async (request) => {
      const { pathname } = new URL(request.url);
      if (pathname.endsWith('/v1/challenge')) return challenge(server, await request.text());
      if (request.method !== 'POST') return server.other(request);
      const body = await request.text();
      server.bodies.push(body);
      const parsed = parseRequest(utf8(body));
      const purposes = ['enrol', 'refresh', 'rekey'] as const;
      const verified = verifyRequest(parsed, { iss: ISS, purposes, challengeKeys, keys, at: server.clock() });
      server.requests.push(verified);
      return server.answer(verified);
    },
  };
  return server;
}

function challenge(server: TestServer, wish: string): Response {
  const { jkt }: { readonly jkt?: string } = JSON.parse(wish);
  server.challenges.push(server.clock());
  return Response.json({ attestation_challenge: newChallenge(server.clock(), jkt), expires_in: 300 });
}

function newChallenge(at: number, jkt: string | undefined): string {
  const bounds = { iss: ISS, app: APP, ...(jkt === undefined ? {} : { jkt: parseBase64url(jkt) }) };
  return createChallenge(jkt === undefined ? 'attest' : 'refresh', bounds, { keys: challengeKeys, at, random });
}

function head({ jkt, requestHash }: VerifiedRequest, at: number) {
  const rqh = toBase64url(requestHash);
  return { v: 1, iss: ISS, aud: jkt, rqh, iat: Math.floor(at / 1000), support: '7KQ2M-9XR4T-V' } as const;
}

export function nextFor({ jkt }: VerifiedRequest, at: number) {
  return { challenge: newChallenge(at, jkt), expires_in: 900, refresh_after: 150 };
}

export function okReply(request: VerifiedRequest, at: number, changes: Partial<OkReply> = {}): OkReply {
  const value = tokenFor(request, at);
  return {
    ...{ ...head(request, at), result: 'ok', next: nextFor(request, at) },
    tokens: { [API]: { value, type: 'DPoP', expires_in: 300 } },
    ...changes,
  };
}

export function refusedReply(request: VerifiedRequest, at: number, changes: Partial<RefusedReply> = {}): RefusedReply {
  return { ...head(request, at), result: 'refused', class: 'device', action: 'retry', ...changes };
}

function tokenFor(request: VerifiedRequest, at: number): string {
  return issueToken(
    {
      ...{ type: 'at+jwt', iss: ISS, audience: API, app: APP, key: request.jwk, assurance: 'substantial' },
      ...{ tier: 'affirming', keyProtection: 'hardware', platform: 'android', appVersion: '4.2.0' },
      ...{ attestedAt: at, freshAt: at, policy: 'strict@1', instance: 'AAAAAAAAAAAAAAAAAAAAAA', lifetimeSeconds: 300 },
    },
    { signingKey: tokenKey, at, random },
  );
}

export function boxFor(request: VerifiedRequest, name: string, value: string, at: number): Promise<string> {
  return sealBox({
    ...{ recipient: request.encryptionKey, name, version: 7, iss: ISS, exp: Math.floor(at / 1000) + 3600 },
    ...{ rqh: toBase64url(request.requestHash), jktK: request.jkt, plaintext: utf8(value) },
  });
}

export function signed(reply: Reply, key: SigningKey = replyKey): Response {
  return replyResponse(signReply(reply, key), reply.result === 'ok' ? 200 : 403);
}

export function replyResponse(text: string, status = 200): Response {
  return new Response(text, { status, headers: { 'content-type': REPLY_MEDIA_TYPE } });
}

export function problem(code: string, status: number, more: object = {}): Response {
  const headers = { 'content-type': 'application/problem+json' };
  return new Response(JSON.stringify({ type: `urn:assay:problem:${code}`, title: 't', status, code, ...more }), {
    status,
    headers,
  });
}
