import { createHash, webcrypto } from 'node:crypto';
import { NODE_PIN_CRYPTO } from '@assay/pins';
import { openBox } from '@assay/secrets/box';
import { fromPoint } from '@assay/tokens/wire';
import type { ClientCrypto, EncryptionKey } from '../ports.ts';

const P256 = { name: 'ECDH', namedCurve: 'P-256' };

/** The engine's cryptography by Node. The private half of E cannot be exported. */
export const NODE_CRYPTO: ClientCrypto = {
  sha256: (bytes) => createHash('sha256').update(bytes).digest(),
  verify: NODE_PIN_CRYPTO.verify,
  createEncryptionKey,
};

async function createEncryptionKey(): Promise<EncryptionKey> {
  const { publicKey, privateKey } = await webcrypto.subtle.generateKey(P256, false, ['deriveBits']);
  const point = new Uint8Array(await webcrypto.subtle.exportKey('raw', publicKey));
  return { jwk: fromPoint(point), open: (box, expected) => openBox(box, privateKey, expected) };
}
