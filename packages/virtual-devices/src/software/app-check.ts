import { generateKeyPairSync, sign } from 'node:crypto';
import type { Clock, Random } from '@assay/core';
import { type JsonValue, toBase64url, toHex, utf8 } from '@assay/formats';

/** Firebase App Check of one project, whose keys live in the test: what its SDK gives an app, and what a server fetches. */
export interface VirtualAppCheck {
  /** Project number. */
  readonly project: string;
  readonly appId: string;
  /** JSON Web Key Set. */
  readonly keys: JsonValue;
  /** A token for limited use, a new one each time. */
  token(): string;
}

const LIFETIME_SECONDS = 300;

/** Its key is RSA, and so is none that `random` alone could make. */
export function createVirtualAppCheck({
  project,
  appId,
  random,
  clock,
}: {
  readonly project: string;
  readonly appId: string;
  readonly random: Random;
  readonly clock: Clock;
}): VirtualAppCheck {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const { kty = '', n = '', e = '' } = publicKey.export({ format: 'jwk' });
  const kid = toHex(random(8));
  return {
    ...{ project, appId, keys: { keys: [{ kty, n, e, kid, alg: 'RS256', use: 'sig' }] } },
    token() {
      const iat = Math.floor(clock() / 1000);
      const claims = {
        ...{ iss: `https://firebaseappcheck.googleapis.com/${project}`, sub: appId, aud: [`projects/${project}`] },
        ...{ iat, exp: iat + LIFETIME_SECONDS, jti: toHex(random(16)) },
      };
      const input = [{ alg: 'RS256', typ: 'JWT', kid }, claims]
        .map((part) => toBase64url(utf8(JSON.stringify(part))))
        .join('.');
      return `${input}.${toBase64url(sign('sha256', utf8(input), privateKey))}`;
    },
  };
}
