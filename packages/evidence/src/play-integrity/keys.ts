import { createPublicKey, createSecretKey, type KeyObject } from 'node:crypto';
import { toPem } from '@assay/formats';
import { misconfigured } from './reasons.ts';

/** The two keys that the Play Console hands out for one app, decoded. */
export interface PlayIntegrityKeys {
  /** AES-256 key, 32 bytes. */
  readonly decryptionKey: Uint8Array;
  /** SubjectPublicKeyInfo of a P-256 key. */
  readonly verificationKey: Uint8Array;
}

export interface ImportedPlayKeys {
  readonly decryption: KeyObject;
  readonly verification: KeyObject;
}

/** An import costs as much as a verification, so it lives as long as the keys that it is of. */
const imported = new WeakMap<PlayIntegrityKeys, ImportedPlayKeys>();

/** @throws ConfigError `play.keys_malformed` */
export function importPlayKeys(keys: PlayIntegrityKeys): ImportedPlayKeys {
  const known = imported.get(keys);
  if (known !== undefined) return known;
  const ready = { decryption: importDecryption(keys), verification: importVerification(keys) };
  imported.set(keys, ready);
  return ready;
}

const AES_256_BYTES = 32;

function importDecryption({ decryptionKey }: PlayIntegrityKeys): KeyObject {
  if (decryptionKey.length === AES_256_BYTES) return createSecretKey(decryptionKey);
  throw misconfigured('play.keys_malformed', { expected: 'a decryption key of 32 bytes' });
}

function importVerification({ verificationKey }: PlayIntegrityKeys): KeyObject {
  try {
    const key = createPublicKey(toPem(verificationKey, 'PUBLIC KEY'));
    if (key.asymmetricKeyDetails?.namedCurve === 'prime256v1') return key;
  } catch {
    // told below, as a key of another curve is
  }
  throw misconfigured('play.keys_malformed', { expected: 'a verification key on P-256' });
}
