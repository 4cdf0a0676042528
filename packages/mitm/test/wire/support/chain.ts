import { createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
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

const AUTHORITY_KEY = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;

/** A leaf with this key under an authority of the test. */
export function makeChain(key: KeyObject = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey): TestChain {
  const authority = certificate({ subject: 'Wire Test Root', key: AUTHORITY_KEY, extensions: [IS_AUTHORITY] });
  const leaf = certificate({ subject: HOST, key, extensions: [namesOf(HOST)] });
  return { authorityPem: toPem(authority), chain: [leaf], key };
}

interface CertificateOrder {
  readonly subject: string;
  readonly key: KeyObject;
  readonly extensions: readonly Uint8Array[];
}

function certificate({ subject, key, extensions }: CertificateOrder): Uint8Array {
  const now = Date.now();
  const tbs = der.sequence(
    der.explicit(0, der.integer(2)),
    der.integer(Math.ceil(Math.random() * 2 ** 40)),
    SIGNED_BY_ECDSA,
    nameOf('Wire Test Root'),
    der.sequence(der.utcTime(now - DAY), der.utcTime(now + DAY)),
    nameOf(subject),
    createPublicKey(key).export({ format: 'der', type: 'spki' }),
    der.explicit(3, der.sequence(...extensions)),
  );
  return der.sequence(tbs, SIGNED_BY_ECDSA, der.bits(sign('sha256', tbs, AUTHORITY_KEY)));
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
