import { hash } from 'node:crypto';

/** Digests of certificates and keys, made once for each object: a remembered issuer is looked at for every device. */
function rememberedDigest<T extends object>(bytesOf: (holder: T) => Uint8Array): (holder: T) => string {
  const digests = new WeakMap<T, string>();
  return (holder) => {
    const known = digests.get(holder);
    if (known !== undefined) return known;
    const digest = hash('sha256', bytesOf(holder), 'base64');
    digests.set(holder, digest);
    return digest;
  };
}

/** base64 SHA-256 of the certificate's DER. */
export const certificateDigestOf: (certificate: { readonly der: Uint8Array }) => string = rememberedDigest(
  ({ der }) => der,
);

/** base64 SHA-256 of the holder's SubjectPublicKeyInfo: its pin. */
export const spkiDigestOf: (holder: { readonly spki: Uint8Array }) => string = rememberedDigest(({ spki }) => spki);
