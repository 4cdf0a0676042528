import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { unusable } from './unusable.ts';

/** A private key as it stands in a file. */
export type PrivateKeyInput = { readonly pem: string } | { readonly der: Uint8Array };

const FORMS = ['pkcs8', 'sec1', 'pkcs1'] as const;

/**
 * The SubjectPublicKeyInfo of a private key's public half. Nothing of the key leaves this function, neither in an error nor
 * in its cause.
 *
 * @throws ConfigError `pins.private_key_unusable`, `pins.passphrase_needed`, `pins.passphrase_wrong`
 */
export function publicHalfOf(input: PrivateKeyInput, passphrase: string | undefined): Uint8Array {
  const key = 'pem' in input ? fromPem(input.pem, passphrase) : fromDer(input.der, passphrase);
  return createPublicKey(key).export({ type: 'spki', format: 'der' });
}

const isEncryptedPem = (pem: string): boolean => /BEGIN ENCRYPTED PRIVATE KEY|^Proc-Type: 4,ENCRYPTED/m.test(pem);

function fromPem(pem: string, passphrase: string | undefined): KeyObject {
  const isEncrypted = isEncryptedPem(pem);
  if (isEncrypted && passphrase === undefined) throw unusable('pins.passphrase_needed');
  const key = attempt(() => createPrivateKey({ key: pem, format: 'pem', ...given(passphrase) }));
  if (key !== undefined) return key;
  throw unusable(isEncrypted ? 'pins.passphrase_wrong' : 'pins.private_key_unusable');
}

function fromDer(der: Uint8Array, passphrase: string | undefined): KeyObject {
  for (const type of FORMS) {
    const key = attempt(() => createPrivateKey({ key: Buffer.from(der), format: 'der', type, ...given(passphrase) }));
    if (key !== undefined) return key;
  }
  throw unusable('pins.private_key_unusable');
}

const given = (passphrase: string | undefined) => (passphrase === undefined ? {} : { passphrase });

/** Without the cause: what OpenSSL says about a key's bytes is nobody's business. */
function attempt(read: () => KeyObject): KeyObject | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
