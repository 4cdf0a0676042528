import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { FormatError, parseBase64, parseStrictJson } from '@assay/formats';
import type { GoogleAccount, PlayKeys } from '@assay/service';
import { z } from 'zod';
import { readPrivate, unreadable } from './files.ts';

/** Every reader here throws ConfigError as {@link readPrivate}, and never with a cause: a decoder's message may tell about the key. */

/** Kinds of keys that vendors give out or take. */
type Kind = 'P-256' | 'RSA';

function kindOf({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): Kind | undefined {
  if (asymmetricKeyType === 'ec' && asymmetricKeyDetails?.namedCurve === 'prime256v1') return 'P-256';
  return asymmetricKeyType === 'rsa' && (asymmetricKeyDetails?.modulusLength ?? 0) >= 2048 ? 'RSA' : undefined;
}

function keyOf(path: string, kind: Kind, expected: string, read: () => KeyObject): KeyObject {
  const key = attempt(read);
  if (key === undefined || kindOf(key) !== kind) throw unreadable(path, expected);
  return key;
}

function attempt<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch {
    return undefined;
  }
}

/** A DeviceCheck key as the developer portal gives it: `AuthKey_….p8`. */
export function readAppleKey(path: string): KeyObject {
  const pem = readPrivate(path);
  return keyOf(path, 'P-256', 'a private key on P-256 in PEM, as AuthKey_….p8', () => createPrivateKey(pem));
}

/** What a key file of Google Cloud holds beside this is not asked for: its addresses are not ours to believe. */
const AccountFile = z.object({
  type: z.literal('service_account'),
  client_email: z.string().regex(/^[!-~]{3,255}$/),
  private_key_id: z.string().regex(/^[!-~]{1,128}$/),
  private_key: z.string(),
});

export function readGoogleAccount(path: string): GoogleAccount {
  const text = readPrivate(path);
  const { data } = AccountFile.safeParse(attempt(() => parseStrictJson(text, { maxDepth: 2 })));
  const expected = 'the JSON key of a service account, with an RSA key of 2048 bits or more';
  if (data === undefined) throw unreadable(path, expected);
  const { client_email: email, private_key_id: keyId, private_key: pem } = data;
  return { email, keyId, key: keyOf(path, 'RSA', expected, () => createPrivateKey(pem)) };
}

const AES_KEY_BYTES = 32;

/** The two keys of a package, as the Play Console shows them. */
export function readPlayKeys(decryptionPath: string, verificationPath: string): PlayKeys {
  const decryptionKey = base64Of(decryptionPath);
  if (decryptionKey.length !== AES_KEY_BYTES) throw unreadable(decryptionPath, `base64 of ${AES_KEY_BYTES} bytes`);
  const verificationKey = base64Of(verificationPath);
  keyOf(verificationPath, 'P-256', 'base64 of a public key on P-256', () =>
    createPublicKey({ key: Buffer.from(verificationKey), format: 'der', type: 'spki' }),
  );
  return { decryptionKey, verificationKey };
}

function base64Of(path: string): Uint8Array {
  try {
    return parseBase64(readPrivate(path));
  } catch (error) {
    if (error instanceof FormatError) throw unreadable(path, 'base64');
    throw error;
  }
}

/** A secret on one line. */
export function readSecret(path: string): string {
  const secret = readPrivate(path);
  if (/^[!-~]{8,512}$/.test(secret)) return secret;
  throw unreadable(path, 'one line of 8 to 512 printable characters');
}
