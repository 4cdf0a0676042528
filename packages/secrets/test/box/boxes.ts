import { createHash } from 'node:crypto';
import { toBase64url, utf8 } from '@assay/formats';
import type { EcJwk } from '@assay/formats/shape';
import type { BoxExpectation, BoxRequest } from '@assay/secrets/box';
import { calculateJwkThumbprint, exportJWK, generateKeyPair } from 'jose';

const { publicKey, privateKey } = await generateKeyPair('ECDH-ES', { crv: 'P-256', extractable: true });
const { x = '', y = '' } = await exportJWK(publicKey);

export const privateKeyE = privateKey;
export const publicKeyE = publicKey;
export const recipient: EcJwk = { kty: 'EC', crv: 'P-256', x, y };
const hash = (text: string): string => toBase64url(createHash('sha256').update(text).digest());

export const NOW = 1_795_257_600_000;

export const request: BoxRequest = {
  recipient,
  name: 'maps',
  version: 7,
  iss: 'https://a.example/t/x/e/prod',
  exp: NOW / 1000 + 900,
  rqh: hash('request'),
  jktK: hash('K'),
  plaintext: utf8('AIza-not-a-key'),
};

export const expected: BoxExpectation = {
  member: 'maps',
  iss: request.iss,
  rqh: request.rqh,
  jktK: request.jktK,
  jktE: await calculateJwkThumbprint(recipient),
  now: NOW,
};
