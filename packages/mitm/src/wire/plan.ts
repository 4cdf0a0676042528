import type { KeyObject } from 'node:crypto';
import type { TlsRecipe } from '../recipe.ts';
import { cipherName, cipherNumber } from './cipher-names.ts';
import type { Offer } from './client-hello.ts';
import { VERSION } from './codes.ts';
import { wireFault } from './fault.ts';
import { SUITES, type Suite } from './suites.ts';

/** What the ServerHello says, and whether the handshake can go on from there. */
export interface Plan {
  readonly version: number;
  readonly cipher: { readonly id: number; readonly name: string };
  /** Absent where we only look whether the client goes on (`probe`). */
  readonly suite?: Suite;
  /** To go on is wrong: the client never offered what the ServerHello says, or it is too old to be served here. */
  readonly forbidden: boolean;
  readonly alpn?: string;
  readonly sentinel: boolean;
}

const DEFAULTS = { versions: ['tls1.2', 'tls1.3'], alpn: ['h2', 'http/1.1'] } as const;

/**
 * A recipe that names versions or a cipher insists on them: where the client offers none of them, they are said all the
 * same. Throws `mitm.cipher_unknown` for a cipher that has no number here; `mitm.wire_no_version`, `mitm.wire_no_cipher`
 * where nothing is insisted on, and nothing is common.
 */
export function planFor(tls: TlsRecipe, key: KeyObject, offer: Offer): Plan {
  const wished = tls.cipher === undefined ? undefined : cipherNumber(tls.cipher);
  const version = chooseVersion(served(tls, key, offer), wished, offer);
  const suite = chooseSuite(version, wished, key, offer);
  const id = wished ?? suite?.id ?? chooseOldCipher(key, offer);
  const alpn = chooseAlpn(tls, offer);
  return {
    version,
    cipher: { id, name: cipherName(id) },
    ...(suite === undefined ? {} : { suite }),
    forbidden: suite === undefined || !offer.versions.includes(version) || !offer.ciphers.includes(id),
    ...(alpn === undefined ? {} : { alpn }),
    sentinel: tls.downgrade === 'with-sentinel',
  };
}

/**
 * TLS 1.3 has no signatures by some weak keys (RFC 8446 4.2.3): a client would refuse those, not the key. Where it
 * offers 1.2 as well, the key is shown there.
 */
function served(tls: TlsRecipe, key: KeyObject, offer: Offer): TlsRecipe {
  const isInsisted = (tls.versions ?? tls.downgrade ?? tls.cipher) !== undefined;
  if (isInsisted || !isBelow13(key) || !offer.versions.includes(VERSION['tls1.2'])) return tls;
  return { ...tls, versions: ['tls1.2'] };
}

/** What RSASSA-PSS needs with SHA-256 and as long a salt (RFC 8017 9.1.1). */
const LEAST_PSS_BITS = 8 * (2 * 32 + 2) - 6;

function isBelow13({ asymmetricKeyDetails }: KeyObject): boolean {
  const { modulusLength = LEAST_PSS_BITS, namedCurve } = asymmetricKeyDetails ?? {};
  return modulusLength < LEAST_PSS_BITS || namedCurve === 'prime192v1';
}

/** For versions before 1.2, with CBC: one that the client offers, so that the version alone is at fault. */
const OLD_CIPHERS = { ec: [0xc009, 0xc00a], rsa: [0x002f, 0x0035, 0xc013, 0xc014] } as const;

function chooseOldCipher(key: KeyObject, offer: Offer): number {
  const possible = key.asymmetricKeyType === 'rsa' ? OLD_CIPHERS.rsa : OLD_CIPHERS.ec;
  return possible.find((id) => offer.ciphers.includes(id)) ?? possible[0];
}

/** The highest that the client offers; else the highest of the recipe. */
function chooseVersion(tls: TlsRecipe, cipher: number | undefined, offer: Offer): number {
  const recipe = versionsOf(tls);
  const possible = recipe.filter((version) => cipher === undefined || fits(cipher, version));
  const common = possible.filter((version) => offer.versions.includes(version));
  if (common.length > 0) return Math.max(...common);
  if (cipher === undefined && tls.versions === undefined && tls.downgrade === undefined) {
    throw wireFault('mitm.wire_no_version');
  }
  if (possible.length > 0) return Math.max(...possible);
  return cipher !== undefined && isOf13(cipher) ? VERSION['tls1.3'] : VERSION['tls1.2'];
}

function versionsOf({ downgrade, versions }: TlsRecipe): number[] {
  const names = downgrade === undefined ? (versions ?? DEFAULTS.versions) : (['tls1.2'] as const);
  return names.map((name) => VERSION[name]);
}

function fits(cipher: number, version: number): boolean {
  return isOf13(cipher) === (version === VERSION['tls1.3']);
}

function isOf13(cipher: number): boolean {
  return cipher >> 8 === 0x13;
}

/**
 * The suite that protects records; none where the handshake cannot go on. In TLS 1.3 there is always one: a client goes
 * on under some keys, whatever was named.
 */
function chooseSuite(version: number, wished: number | undefined, key: KeyObject, offer: Offer): Suite | undefined {
  const named = SUITES.find((suite) => suite.id === wished && suite.version === version);
  if (named !== undefined || (wished !== undefined && version < VERSION['tls1.3'])) return named;
  const signer = key.asymmetricKeyType === 'rsa' ? 'rsa' : 'ecdsa';
  const possible = SUITES.filter((suite) => suite.version === version && (suite.signer ?? signer) === signer);
  const common = possible.find(({ id }) => offer.ciphers.includes(id));
  if (common === undefined && wished === undefined && offer.versions.includes(version)) {
    if (possible.length > 0) throw wireFault('mitm.wire_no_cipher');
  }
  return common ?? possible[0];
}

/** What both know; a recipe that insists is answered with its first, which the client then judges (RFC 7301 3.1). */
function chooseAlpn(tls: TlsRecipe, offer: Offer): string | undefined {
  if (offer.alpn.length === 0) return undefined;
  return (tls.alpn ?? DEFAULTS.alpn).find((name) => offer.alpn.includes(name)) ?? tls.alpn?.[0];
}
