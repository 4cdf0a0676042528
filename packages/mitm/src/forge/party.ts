import type { LabKey } from './keys.ts';

/** A name and a key: all that a certificate needs to know of its subject and of its issuer. */
export interface Party {
  readonly commonName: string;
  /** Distinguished name, DER. */
  readonly name: Uint8Array;
  readonly key: LabKey;
  /** The key identifier, which an impostor takes from another's key. */
  readonly keyId: Uint8Array;
}
