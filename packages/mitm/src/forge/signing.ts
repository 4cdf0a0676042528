import { sign } from 'node:crypto';
import { der } from '@assay/formats';
import type { CertificateRecipe } from '../recipe.ts';
import { unforgeable } from './fault.ts';
import type { LabKey } from './keys.ts';
import { OID } from './oids.ts';

export type Hash = NonNullable<CertificateRecipe['hash']>;

const withNull = (oid: Uint8Array): Uint8Array => der.sequence(oid, der.null());

/** AlgorithmIdentifiers by key and hash. ECDSA with MD5 has no identifier; Ed25519 has no choice of hash. */
const ALGORITHMS: Readonly<Record<LabKey['family'], Readonly<Partial<Record<Hash, Uint8Array>>>>> = {
  ec: {
    sha1: der.sequence(OID.ecdsaSha1),
    sha256: der.sequence(OID.ecdsaSha256),
    sha384: der.sequence(OID.ecdsaSha384),
  },
  rsa: {
    md5: withNull(OID.rsaMd5),
    sha1: withNull(OID.rsaSha1),
    sha256: withNull(OID.rsaSha256),
    sha384: withNull(OID.rsaSha384),
  },
  ed25519: { sha256: der.sequence(OID.ed25519) },
};

/** The AlgorithmIdentifier of signatures by this key. Raises mitm.recipe_unforgeable. */
export function algorithmOf({ family }: LabKey, hash: Hash): Uint8Array {
  const algorithm = ALGORITHMS[family][hash];
  if (algorithm === undefined) throw unforgeable('hash', `${hash} with a key of kind ${family}`);
  return algorithm;
}

/** A signature; a broken one differs in its last bit. Raises mitm.recipe_unforgeable. */
export function signatureOf(bytes: Uint8Array, key: LabKey, hash: Hash, isBroken = false): Uint8Array {
  const signature = signed(bytes, key, hash);
  if (isBroken) signature[signature.length - 1] = (signature.at(-1) ?? 0) ^ 1;
  return signature;
}

/** RSA keys of 512 bits hold no SHA-384: node:crypto says so when it signs. */
function signed(bytes: Uint8Array, { family, privateKey }: LabKey, hash: Hash): Uint8Array {
  try {
    return sign(family === 'ed25519' ? null : hash, bytes, privateKey);
  } catch (error) {
    throw unforgeable('hash', `${hash} with this key`, error);
  }
}
