import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import type { AssayError } from '@assay/core';
import { toBase64url, utf8 } from '@assay/formats';
import { type EcJwk, NODE_PIN_CRYPTO, type PinSet, type PinSigner, type RootDocument } from '@assay/pins';

export const NOW = 1_795_257_600_000;
const SECONDS = NOW / 1000;
const DAY = 86_400;

interface TestKey {
  readonly jwk: EcJwk;
  readonly signer: PinSigner;
}

export function createKey(kid: string): TestKey {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  return { jwk: { kty: 'EC', crv: 'P-256', x, y }, signer: signerOf(kid, privateKey) };
}

const signerOf = (kid: string, key: KeyObject): PinSigner => ({
  kid,
  sign: (bytes) => sign('sha256', bytes, { key, dsaEncoding: 'ieee-p1363' }),
});

/** The same key under another name. */
export const renamed = ({ jwk, signer }: TestKey, kid: string): TestKey => ({ jwk, signer: { ...signer, kid } });

export const rootKey = createKey('root-1');
export const pinsKey = createKey('pins-1');
export const replyKey = createKey('reply-1');

export const roleOf = (threshold: number, ...keys: readonly TestKey[]) => ({
  threshold,
  keys: new Map(keys.map(({ signer, jwk }) => [signer.kid, jwk])),
});

export const root: RootDocument = {
  app: 'com.example.bank',
  env: 'prod',
  v: 1,
  epoch: 2,
  iat: SECONDS - DAY,
  exp: SECONDS + 700 * DAY,
  roles: { root: roleOf(1, rootKey), pins: roleOf(1, pinsKey), reply: roleOf(1, replyKey) },
};

const pinOf = (name: string): string =>
  Buffer.from(NODE_PIN_CRYPTO.sha256(utf8(name)) as Uint8Array).toString('base64');
export const [LIVE, BACKUP, ISSUER] = ['live', 'backup', 'issuer'].map(pinOf) as [string, string, string];

export const host = {
  h: 'api.example.com',
  sub: false,
  mode: 'enforce',
  exp: SECONDS + 60 * DAY,
  spki: [LIVE, BACKUP],
} as const;

export const pinSet: PinSet = {
  app: root.app,
  env: root.env,
  epoch: 2,
  v: 42,
  iat: SECONDS,
  nbf: SECONDS,
  exp: SECONDS + 30 * DAY,
  refresh: DAY,
  hosts: [host],
  on_expiry: 'keep',
};

export const context = { ...NODE_PIN_CRYPTO, app: root.app, env: root.env, now: NOW };
export const lint = { root, now: NOW, served: new Map([[host.h, [LIVE, ISSUER]]]) };

/** Signs any payload with any header: what a hostile publisher can do. */
export async function wireOf(
  payload: Uint8Array,
  signers: readonly PinSigner[],
  header: object = {},
  typ = 'assay-pins+jws',
): Promise<string> {
  const encoded = toBase64url(payload);
  const signatures = signers.map(async ({ kid, sign }) => {
    const head = toBase64url(utf8(JSON.stringify({ alg: 'ES256', kid, typ, ...header })));
    return { protected: head, signature: toBase64url(await sign(utf8(`${head}.${encoded}`))) };
  });
  return JSON.stringify({ payload: encoded, signatures: await Promise.all(signatures) });
}

export const withCode =
  (code: string) =>
  (error: unknown): boolean => {
    const found = (error as AssayError).code;
    if (found !== code) throw new Error(`expected ${code}, found ${found}`, { cause: error });
    return true;
  };
