import { createCipheriv, createHmac, generateKeyPairSync, type KeyObject, pbkdf2Sync, sign } from 'node:crypto';
import { der } from '@assay/formats';

// PKCS#7 and PKCS#12 files of our own writing: what the readers are given when there is no openssl.

export const key: { readonly privateKey: KeyObject; readonly publicKey: KeyObject } = generateKeyPairSync('ec', {
  namedCurve: 'P-256',
});

const name = der.sequence(der.set(der.sequence(der.oid('2.5.4.3'), der.utf8('container'))));
const algorithm = der.sequence(der.oid('1.2.840.10045.4.3.2'));
const spki = key.publicKey.export({ type: 'spki', format: 'der' });
const tbs = der.sequence(
  der.explicit(0, der.integer(2)),
  der.integer(1),
  algorithm,
  name,
  der.sequence(der.utcTime(0), der.utcTime(86_400_000)),
  name,
  spki,
);

export const certificate: Uint8Array = der.sequence(tbs, algorithm, der.bits(sign('sha256', tbs, key.privateKey)));

export const SIGNED_DATA = '1.2.840.113549.1.7.2';
const DATA = '1.2.840.113549.1.7.1';
const ENCRYPTED_DATA = '1.2.840.113549.1.7.6';

export function pkcs7(certificates: readonly Uint8Array[]): Uint8Array {
  const content = der.sequence(der.oid(DATA));
  const list = der.raw(0xa0, Buffer.concat(certificates));
  const signed = der.sequence(
    der.integer(1),
    der.set(),
    content,
    ...(certificates.length > 0 ? [list] : []),
    der.set(),
  );
  return der.sequence(der.oid(SIGNED_DATA), der.explicit(0, signed));
}

export const certificateBag = (bytes: Uint8Array): Uint8Array =>
  der.sequence(
    der.oid('1.2.840.113549.1.12.10.1.3'),
    der.explicit(0, der.sequence(der.oid('1.2.840.113549.1.9.22.1'), der.explicit(0, der.octets(bytes)))),
  );

export const keyBag = (pkcs8: Uint8Array): Uint8Array =>
  der.sequence(der.oid('1.2.840.113549.1.12.10.1.1'), der.explicit(0, pkcs8));

/** SafeContents inside of SafeContents, so often. */
export function nested(bag: Uint8Array, depth: number): Uint8Array {
  if (depth === 0) return bag;
  const inner = der.sequence(nested(bag, depth - 1));
  return der.sequence(der.oid('1.2.840.113549.1.12.10.1.6'), der.explicit(0, inner));
}

export const plainContent = (...bags: readonly Uint8Array[]): Uint8Array =>
  der.sequence(der.oid(DATA), der.explicit(0, der.octets(der.sequence(...bags))));

const salt = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8);

/** PBES2 with PBKDF2-HMAC-SHA256 and AES-256-CBC. */
export function encryptedContent(passphrase: string, bags: readonly Uint8Array[], iterations = 10): Uint8Array {
  const iv = Buffer.alloc(16, 7);
  const cipher = createCipheriv(
    'aes-256-cbc',
    pbkdf2Sync(passphrase, salt, Math.min(iterations, 10), 32, 'sha256'),
    iv,
  );
  const encrypted = Buffer.concat([cipher.update(der.sequence(...bags)), cipher.final()]);
  const prf = der.sequence(der.oid('1.2.840.113549.2.9'), der.null());
  const kdf = der.sequence(
    der.oid('1.2.840.113549.1.5.12'),
    der.sequence(der.octets(salt), der.integer(iterations), prf),
  );
  const scheme = der.sequence(der.oid('2.16.840.1.101.3.4.1.42'), der.octets(iv));
  return contentBy(der.sequence(der.oid('1.2.840.113549.1.5.13'), der.sequence(kdf, scheme)), encrypted);
}

/** Encrypted data under any algorithm. */
export function contentBy(encryption: Uint8Array, encrypted: Uint8Array): Uint8Array {
  const info = der.sequence(der.oid(DATA), encryption, der.raw(0x80, encrypted));
  return der.sequence(der.oid(ENCRYPTED_DATA), der.explicit(0, der.sequence(der.integer(0), info)));
}

export const RC2: Uint8Array = der.sequence(
  der.oid('1.2.840.113549.1.12.1.6'),
  der.sequence(der.octets(salt), der.integer(2048)),
);

/** PKCS#12's own 3DES, which takes so many iterations. */
export const tripleDes = (iterations: number): Uint8Array =>
  der.sequence(der.oid('1.2.840.113549.1.12.1.3'), der.sequence(der.octets(salt), der.integer(iterations)));

/** A whole file; `mac` is its MacData. */
export function pkcs12(contents: readonly Uint8Array[], mac: readonly Uint8Array[] = []): Uint8Array {
  const authSafe = der.sequence(der.oid(DATA), der.explicit(0, der.octets(der.sequence(...contents))));
  return der.sequence(der.integer(3), authSafe, ...mac);
}

/** MacData by SHA-1 with a digest that fits no passphrase, or whose key is `macKey`. */
export function macOf(contents: readonly Uint8Array[], macKey: Uint8Array, iterations = 1): Uint8Array {
  const digest = createHmac('sha1', macKey)
    .update(der.sequence(...contents))
    .digest();
  return macWith(digest, iterations);
}

/** MacData by SHA-1 with these octets for its digest. */
export function macWith(digest: Uint8Array, iterations: number): Uint8Array {
  const sha1 = der.sequence(der.oid('1.3.14.3.2.26'), der.null());
  return der.sequence(der.sequence(sha1, der.octets(digest)), der.octets(salt), der.integer(iterations));
}
