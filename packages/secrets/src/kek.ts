import { createHmac } from 'node:crypto';
import { ConfigError, type Random } from '@assay/core';
import { concat, constantTimeEqual, lengthPrefixed, toBase64url, utf8 } from '@assay/formats';
import { decrypt, encrypt, IV_BYTES, KEY_BYTES } from './gcm.ts';

/** A key-encryption key. It wraps the keys of rows and lives outside the database. */
export interface Kek {
  /** 1 to 64 letters, digits, dashes and underscores. */
  readonly id: string;
  /** 32 bytes. */
  readonly key: Uint8Array;
}

/**
 * Wraps row keys under the current key and unwraps them under any that is held. A key file is one ring; a key management
 * service can be another. Every call may go over a network, so all are asynchronous.
 */
export interface KekRing {
  readonly currentId: string;
  /** Wraps under the current key. */
  wrap(rowKey: Uint8Array): Promise<Uint8Array>;
  /** @throws ConfigError `secrets.kek_unknown`, `secrets.kek_wrong`, which name key ids only. */
  unwrap(kekId: string, wrapped: Uint8Array): Promise<Uint8Array>;
}

/** What an installation remembers of a key, beside the database: enough to notice another key, nothing to learn it. */
export interface KeyCheck {
  readonly id: string;
  /** base64url, 16 bytes. */
  readonly check: string;
}

const ID = /^[A-Za-z0-9_-]{1,64}$/;
const CHECK_DOMAIN = utf8('assay/kek/check/v1\0');
const WRAP_DOMAIN = utf8('assay/kek/wrap/v1\0');

/** A new key with a random id. */
export function createKek(random: Random): Kek {
  return { id: toBase64url(random(6)), key: random(KEY_BYTES) };
}

export function isKekId(text: string): boolean {
  return ID.test(text);
}

/** The check value of a key: HMAC-SHA256 of its id under the key itself, cut to 16 bytes. */
export function keyCheckOf({ id, key }: Kek): KeyCheck {
  const mac = createHmac('sha256', key)
    .update(concat(CHECK_DOMAIN, lengthPrefixed(utf8(id))))
    .digest();
  return { id, check: toBase64url(mac.subarray(0, 16)) };
}

/**
 * Proves at start that the keys are the ones the installation was made with.
 *
 * @throws ConfigError `secrets.kek_check_failed` when a key has another check value, `secrets.kek_unknown` when a
 * remembered key is not there.
 */
export function assertKeyChecks(keks: readonly Kek[], remembered: readonly KeyCheck[]): void {
  for (const { id, check } of remembered) {
    const kek = keks.find((each) => each.id === id) ?? unknownKek(id, keks);
    if (!constantTimeEqual(utf8(keyCheckOf(kek).check), utf8(check))) {
      throw new ConfigError('secrets.kek_check_failed', `key-encryption key ${id} is not the one of this installation`);
    }
  }
}

/**
 * A ring of keys held in memory, the current one first.
 *
 * @throws ConfigError `secrets.kek_missing` for an empty list, `secrets.kek_file_malformed` for twin or malformed keys.
 */
export function createKekRing(keks: readonly Kek[], random: Random): KekRing {
  const [current] = keks;
  if (current === undefined) throw new ConfigError('secrets.kek_missing', 'no key-encryption key is configured');
  assertSound(keks);
  return {
    currentId: current.id,
    wrap: async (rowKey) => {
      const iv = random(IV_BYTES);
      return concat(iv, encrypt(current.key, iv, rowKey, contextOf(current.id)));
    },
    unwrap: async (kekId, wrapped) => {
      const kek = keks.find(({ id }) => id === kekId) ?? unknownKek(kekId, keks);
      const [iv, sealed] = [wrapped.subarray(0, IV_BYTES), wrapped.subarray(IV_BYTES)];
      return decrypt(kek.key, iv, sealed, contextOf(kekId)) ?? wrongKek(kekId);
    },
  };
}

const contextOf = (kekId: string): Uint8Array => concat(WRAP_DOMAIN, lengthPrefixed(utf8(kekId)));

/** Two keys with one id, or a key of another length, would seal rows that nobody opens later. */
export function assertSound(keks: readonly Kek[]): void {
  const isTwin = new Set(keks.map(({ id }) => id)).size !== keks.length;
  if (isTwin || keks.some(({ id, key }) => !isKekId(id) || key.length !== KEY_BYTES)) {
    throw new ConfigError('secrets.kek_file_malformed', 'key-encryption keys need distinct ids and 32 bytes each');
  }
}

function unknownKek(kekId: string, keks: readonly Kek[]): never {
  const held = keks.map(({ id }) => id).join(', ');
  throw new ConfigError('secrets.kek_unknown', `key-encryption key ${kekId} is not among those held (${held})`, {
    expected: kekId,
    found: held,
  });
}

function wrongKek(kekId: string): never {
  throw new ConfigError('secrets.kek_wrong', `key-encryption key ${kekId} does not open a row that bears its id`);
}
