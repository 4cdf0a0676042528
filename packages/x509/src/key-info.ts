import { DerReader, TAG } from '@assay/formats';
import { malformed } from './faults.ts';
import { OID } from './oids.ts';

export type Curve = 'P-256' | 'P-384' | 'P-521' | 'other';

/** What kind of key a SubjectPublicKeyInfo holds. `unsupported` keys can be carried, shown and pinned, never used. */
export type PublicKeyAlgorithm =
  | { readonly kind: 'ec'; readonly curve: Curve }
  | { readonly kind: 'rsa'; readonly bits: number; readonly exponent: bigint }
  | { readonly kind: 'ed25519' }
  | { readonly kind: 'unsupported'; readonly oid: string };

/** Anything that carries a key: a certificate or a trust anchor. */
export interface KeyHolder {
  /** SubjectPublicKeyInfo, DER. */
  readonly spki: Uint8Array;
  readonly key: PublicKeyAlgorithm;
}

const CURVES: ReadonlyMap<string, Curve> = new Map([
  [OID.p256, 'P-256'],
  [OID.p384, 'P-384'],
  [OID.p521, 'P-521'],
]);

type KeyReader = (parameters: DerReader, bits: { unused: number; bytes: Uint8Array }) => PublicKeyAlgorithm;

const KEY_READERS: ReadonlyMap<string, KeyReader> = new Map<string, KeyReader>([
  [OID.ecPublicKey, readEcKey],
  [OID.rsaEncryption, readRsaKey],
  [OID.ed25519, readEd25519Key],
]);

/** Reads a SubjectPublicKeyInfo (RFC 5280 4.1.2.7) and what it says about its key. Raises FormatError, x509.key_malformed. */
export function readKey(reader: DerReader): KeyHolder {
  const { raw, inside } = reader.enterWhole(TAG.SEQUENCE);
  return { spki: raw, key: readKeyInfo(inside) };
}

/** As {@link readKey}, of a SubjectPublicKeyInfo by itself. */
export function parseKeyAlgorithm(spki: Uint8Array): PublicKeyAlgorithm {
  const outer = DerReader.of(spki);
  const key = readKeyInfo(outer.enter(TAG.SEQUENCE));
  outer.end();
  return key;
}

function readKeyInfo(fields: DerReader): PublicKeyAlgorithm {
  const algorithm = fields.enter(TAG.SEQUENCE);
  const bits = fields.bitString();
  fields.end();
  const oid = algorithm.oid();
  return KEY_READERS.get(oid)?.(algorithm, bits) ?? { kind: 'unsupported', oid };
}

/** RFC 5480 2.1.1: the parameters are a named curve. Explicit curves, once an attack of their own, are refused. */
function readEcKey(parameters: DerReader): PublicKeyAlgorithm {
  const curve = CURVES.get(parameters.oid()) ?? 'other';
  parameters.end();
  return { kind: 'ec', curve };
}

/** RFC 3279 2.3.1: NULL parameters, then SEQUENCE { modulus, publicExponent }, both positive. */
function readRsaKey(
  parameters: DerReader,
  { unused, bytes }: { unused: number; bytes: Uint8Array },
): PublicKeyAlgorithm {
  parameters.nullValue();
  parameters.end();
  const outer = DerReader.of(bytes);
  const numbers = outer.enter(TAG.SEQUENCE);
  const [modulus, exponent] = [numbers.integer(), numbers.integer()];
  numbers.end();
  outer.end();
  if (unused !== 0 || modulus <= 0n || exponent <= 0n)
    throw malformed('x509.key_malformed', { clause: 'RFC 3279 2.3.1' });
  return { kind: 'rsa', bits: modulus.toString(2).length, exponent };
}

function readEd25519Key(parameters: DerReader): PublicKeyAlgorithm {
  parameters.end();
  return { kind: 'ed25519' };
}

/** One line about a key for people: `ec P-256`, `rsa 2048`. */
export function describeKey(key: PublicKeyAlgorithm): string {
  if (key.kind === 'ec') return `ec ${key.curve}`;
  if (key.kind === 'rsa') return `rsa ${key.bits}, exponent ${key.exponent}`;
  return key.kind === 'unsupported' ? key.oid : key.kind;
}
