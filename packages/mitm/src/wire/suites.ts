import { VERSION } from './codes.ts';

/** A cipher suite that this server can speak. */
export interface Suite {
  readonly id: number;
  /** By IANA. */
  readonly name: string;
  readonly version: number;
  /** The key that signs; any in TLS 1.3. */
  readonly signer?: 'ecdsa' | 'rsa';
  readonly hash: 'sha256' | 'sha384';
  readonly aead: Aead;
}

/** An AEAD as node:crypto names it. */
export interface Aead {
  readonly name: 'aes-128-gcm' | 'aes-256-gcm' | 'chacha20-poly1305';
  readonly keyLength: number;
  /** TLS 1.2: octets of the nonce that go with each record; the rest is the salt of the key block (RFC 5288 3, RFC 7905 2). */
  readonly explicitNonce: 0 | 8;
}

const AES_128: Aead = { name: 'aes-128-gcm', keyLength: 16, explicitNonce: 8 };
const AES_256: Aead = { name: 'aes-256-gcm', keyLength: 32, explicitNonce: 8 };
const CHACHA: Aead = { name: 'chacha20-poly1305', keyLength: 32, explicitNonce: 0 };

const TLS13 = { version: VERSION['tls1.3'] } as const;
const ECDSA = { version: VERSION['tls1.2'], signer: 'ecdsa' } as const;
const RSA = { version: VERSION['tls1.2'], signer: 'rsa' } as const;

/** By preference. RFC 8446 B.4, RFC 5289 3.2, RFC 7905 2. */
export const SUITES: readonly Suite[] = [
  { ...TLS13, id: 0x1301, name: 'TLS_AES_128_GCM_SHA256', hash: 'sha256', aead: AES_128 },
  { ...TLS13, id: 0x1302, name: 'TLS_AES_256_GCM_SHA384', hash: 'sha384', aead: AES_256 },
  { ...TLS13, id: 0x1303, name: 'TLS_CHACHA20_POLY1305_SHA256', hash: 'sha256', aead: CHACHA },
  { ...ECDSA, id: 0xc02b, name: 'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256', hash: 'sha256', aead: AES_128 },
  { ...ECDSA, id: 0xc02c, name: 'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384', hash: 'sha384', aead: AES_256 },
  { ...ECDSA, id: 0xcca9, name: 'TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256', hash: 'sha256', aead: CHACHA },
  { ...RSA, id: 0xc02f, name: 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256', hash: 'sha256', aead: AES_128 },
  { ...RSA, id: 0xc030, name: 'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384', hash: 'sha384', aead: AES_256 },
  { ...RSA, id: 0xcca8, name: 'TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256', hash: 'sha256', aead: CHACHA },
];
