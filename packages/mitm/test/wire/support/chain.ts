import { createPublicKey, generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto';
import { der } from '@assay/formats';

/** A chain of the test's own: the harness' forge is tested elsewhere. */
export interface TestChain {
  readonly authorityPem: string;
  readonly chain: readonly Uint8Array[];
  readonly key: KeyObject;
}

const DAY = 86_400_000;
const SIGNED_BY_ECDSA = der.sequence(der.oid('1.2.840.10045.4.3.2'));

export const HOST = 'wire.example.test';

/** A leaf with this key under an authority of its own. */
export function makeChain(key: KeyObject = makeKey()): TestChain {
  const signer = makeKey();
  const issuer = `Wire Test Root ${randomUUID()}`;
  const authority = certificate({ issuer, subject: issuer, key: signer, signer, extensions: [IS_AUTHORITY] });
  const leaf = certificate({ issuer, subject: HOST, key, signer, extensions: [namesOf(HOST)] });
  return { authorityPem: toPem(authority), chain: [leaf], key };
}

function makeKey(): KeyObject {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
}

interface CertificateOrder {
  readonly issuer: string;
  readonly subject: string;
  readonly key: KeyObject;
  readonly signer: KeyObject;
  readonly extensions: readonly Uint8Array[];
}

function certificate({ issuer, subject, key, signer, extensions }: CertificateOrder): Uint8Array {
  const now = Date.now();
  const tbs = der.sequence(
    der.explicit(0, der.integer(2)),
    der.integer(Math.ceil(Math.random() * 2 ** 40)),
    SIGNED_BY_ECDSA,
    nameOf(issuer),
    der.sequence(der.utcTime(now - DAY), der.utcTime(now + DAY)),
    nameOf(subject),
    createPublicKey(key).export({ format: 'der', type: 'spki' }),
    der.explicit(3, der.sequence(...extensions)),
  );
  return der.sequence(tbs, SIGNED_BY_ECDSA, der.bits(sign('sha256', tbs, signer)));
}

const IS_AUTHORITY = der.sequence(der.oid('2.5.29.19'), der.boolean(true), der.octets(der.sequence(der.boolean(true))));

function namesOf(host: string): Uint8Array {
  const names = der.sequence(der.implicit(2, Buffer.from(host)));
  return der.sequence(der.oid('2.5.29.17'), der.octets(names));
}

function nameOf(text: string): Uint8Array {
  return der.sequence(der.set(der.sequence(der.oid('2.5.4.3'), der.utf8(text))));
}

function toPem(bytes: Uint8Array): string {
  const lines =
    Buffer.from(bytes)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}
