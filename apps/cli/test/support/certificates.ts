import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { der, toPem, utf8 } from '@assay/formats';

/** A certificate of our own making, with its key. */
export interface Minted {
  readonly der: Uint8Array;
  readonly pem: string;
  readonly privatePem: string;
  /** base64 SHA-256 of its SubjectPublicKeyInfo, made without the code under test. */
  readonly pin: string;
  readonly spki: Uint8Array;
  readonly subject: string;
  readonly key: KeyObject;
}

const ECDSA_SHA256 = der.sequence(der.oid('1.2.840.10045.4.3.2'));
const FROM = Date.UTC(2020, 0, 1);
const UNTIL = Date.UTC(2040, 0, 1);

interface Wish {
  readonly subject: string;
  readonly issuer?: Minted | undefined;
  /** Names of a leaf; without them it is an authority. */
  readonly names?: readonly string[] | undefined;
}

/** Mints one certificate: a root when there is no issuer. */
export function mint({ subject, issuer, names }: Wish): Minted {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  const tbs = der.sequence(
    der.explicit(0, der.integer(2)),
    der.integer(createHash('sha256').update(spki).digest().subarray(0, 8)),
    ECDSA_SHA256,
    nameOf(issuer?.subject ?? subject),
    der.sequence(der.utcTime(FROM), der.utcTime(UNTIL)),
    nameOf(subject),
    spki,
    der.explicit(3, der.sequence(...extensionsOf({ names, spki, issuer }))),
  );
  const whole = der.sequence(tbs, ECDSA_SHA256, der.bits(sign('sha256', tbs, issuer?.key ?? privateKey)));
  return {
    ...{ der: whole, spki, subject, key: privateKey, pem: `${toPem(whole, 'CERTIFICATE')}\n` },
    privatePem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    pin: createHash('sha256').update(spki).digest('base64'),
  };
}

/** A certificate request, signed by its own key, or with a signature that does not fit. */
export function mintRequest(options: { readonly forged?: boolean } = {}): {
  readonly pem: string;
  readonly pin: string;
} {
  const [own, other] = [0, 1].map(() => generateKeyPairSync('ec', { namedCurve: 'P-256' }));
  if (own === undefined || other === undefined) throw new TypeError('two keys');
  const spki = own.publicKey.export({ type: 'spki', format: 'der' });
  const info = der.sequence(der.integer(0), nameOf('backup'), spki, der.raw(0xa0, new Uint8Array()));
  const signature = sign('sha256', info, options.forged === true ? other.privateKey : own.privateKey);
  const whole = der.sequence(info, ECDSA_SHA256, der.bits(signature));
  return { pem: toPem(whole, 'CERTIFICATE REQUEST'), pin: createHash('sha256').update(spki).digest('base64') };
}

function nameOf(commonName: string): Uint8Array {
  return der.sequence(der.set(der.sequence(der.oid('2.5.4.3'), der.utf8(commonName))));
}

/** What RFC 5280 asks of each: key identifiers, and either an authority's marks or a server's names. */
function extensionsOf({ names, spki, issuer }: Pick<Wish, 'names' | 'issuer'> & { readonly spki: Uint8Array }) {
  const authority = issuer === undefined ? [] : [der.sequence(der.implicit(0, keyIdentifier(issuer.spki)))];
  const identifiers = [
    extension('2.5.29.14', false, der.octets(keyIdentifier(spki))),
    ...authority.map((identifier) => extension('2.5.29.35', false, identifier)),
  ];
  if (names === undefined) {
    const marks = extension('2.5.29.19', true, der.sequence(der.boolean(true)));
    return [...identifiers, marks, extension('2.5.29.15', true, der.bits(Uint8Array.of(0x06), 1))];
  }
  const alternatives = der.sequence(...names.map((name) => der.implicit(2, utf8(name))));
  return [...identifiers, extension('2.5.29.17', false, alternatives)];
}

function keyIdentifier(spki: Uint8Array): Uint8Array {
  return createHash('sha256').update(spki).digest().subarray(0, 20);
}

function extension(oid: string, critical: boolean, value: Uint8Array): Uint8Array {
  return der.sequence(der.oid(oid), ...(critical ? [der.boolean(true)] : []), der.octets(value));
}
