import { createPublicKey, type KeyObject } from 'node:crypto';
import { toPem } from '@assay/formats';
import { refused } from './faults.ts';
import type { KeyHolder } from './key-info.ts';

/** Imports cost 20 to 100 µs, so a key lives as long as the object that carries it, and no longer. */
const imported = new WeakMap<KeyHolder, KeyObject>();

/**
 * The key for use with node:crypto, imported once for each holder.
 * Raises x509.key_unsupported for an algorithm that this package or this runtime cannot use, and for invalid keys.
 */
export function publicKeyOf(holder: KeyHolder): KeyObject {
  const known = imported.get(holder);
  if (known) return known;
  const key = importKey(holder);
  imported.set(holder, key);
  return key;
}

/** As PEM, because Node 24 takes twice as long over DER: it looks for a key object first, by way of two exceptions. */
function importKey({ spki, key }: KeyHolder): KeyObject {
  if (key.kind === 'unsupported') throw refused('x509.key_unsupported', { found: key.oid });
  try {
    return createPublicKey(toPem(spki, 'PUBLIC KEY'));
  } catch {
    throw refused('x509.key_unsupported', { found: `${key.kind} key that does not load` });
  }
}
