import type { KeyObject } from 'node:crypto';
import type { TlsRecipe } from '../recipe.ts';
import { cipherName, cipherNumber } from './cipher-names.ts';
import type { Offer } from './client-hello.ts';
import { VERSION } from './codes.ts';
import { SUITES, type Suite } from './suites.ts';

/** What the ServerHello says, and whether the handshake can go on from there. */
export interface Plan {
  readonly version: number;
  readonly cipher: { readonly id: number; readonly name: string };
  /** Absent where we only look whether the client goes on (`probe`). */
  readonly suite?: Suite;
  /** The client never offered what the ServerHello says, so that to go on is wrong. */
  readonly forbidden: boolean;
  readonly alpn?: string;
  readonly sentinel: boolean;
}

const DEFAULTS = { versions: ['tls1.2', 'tls1.3'], alpn: ['h2', 'http/1.1'] } as const;

/** Throws `mitm.cipher_unknown` for a cipher that has no number here. */
export function planFor(tls: TlsRecipe, key: KeyObject, offer: Offer): Plan {
  const wished = tls.cipher === undefined ? undefined : cipherNumber(tls.cipher);
  const version = chooseVersion(tls, wished, offer);
  const suite = chooseSuite(version, wished, key, offer);
  const id = wished ?? suite?.id ?? FALLBACK_CIPHER;
  const alpn = chooseAlpn(tls, offer);
  return {
    version,
    cipher: { id, name: cipherName(id) },
    ...(suite === undefined ? {} : { suite }),
    forbidden: !offer.versions.includes(version) || !offer.ciphers.includes(id),
    ...(alpn === undefined ? {} : { alpn }),
    sentinel: tls.downgrade === 'with-sentinel',
  };
}

/** TLS_RSA_WITH_AES_128_CBC_SHA: what versions before 1.2 have in common. */
const FALLBACK_CIPHER = 0x002f;

/** The highest that the client offers; else the highest of the recipe, which is then forbidden. */
function chooseVersion(tls: TlsRecipe, cipher: number | undefined, offer: Offer): number {
  const recipe = tls.downgrade === undefined ? (tls.versions ?? DEFAULTS.versions) : (['tls1.2'] as const);
  const possible = recipe
    .map((name) => VERSION[name])
    .filter((version) => cipher === undefined || fits(cipher, version));
  const highest = Math.max(...possible.filter((version) => offer.versions.includes(version)));
  if (highest > 0) return highest;
  return possible.length > 0 ? Math.max(...possible) : cipherVersion(cipher);
}

function fits(cipher: number, version: number): boolean {
  return cipher >> 8 === 0x13 ? version === VERSION['tls1.3'] : version < VERSION['tls1.3'];
}

function cipherVersion(cipher: number | undefined): number {
  return cipher !== undefined && cipher >> 8 === 0x13 ? VERSION['tls1.3'] : VERSION['tls1.2'];
}

/** The suite that protects records. In TLS 1.3 there is always one: a client that goes on does so under some keys. */
function chooseSuite(version: number, wished: number | undefined, key: KeyObject, offer: Offer): Suite | undefined {
  const signer = key.asymmetricKeyType === 'rsa' ? 'rsa' : 'ecdsa';
  const possible = SUITES.filter((suite) => suite.version === version && (suite.signer ?? signer) === signer);
  const named = SUITES.find((suite) => suite.id === wished && suite.version === version);
  if (wished !== undefined && version < VERSION['tls1.3']) return named;
  return named ?? possible.find(({ id }) => offer.ciphers.includes(id)) ?? possible[0];
}

/** What both know; a recipe that insists is answered with its first, which the client then judges (RFC 7301 3.1). */
function chooseAlpn(tls: TlsRecipe, offer: Offer): string | undefined {
  if (offer.alpn.length === 0) return undefined;
  return (tls.alpn ?? DEFAULTS.alpn).find((name) => offer.alpn.includes(name)) ?? tls.alpn?.[0];
}
