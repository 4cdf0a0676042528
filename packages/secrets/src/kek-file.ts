import { ConfigError } from '@assay/core';
import { constantTimeEqual, FormatError, parseBase64url, toBase64url, utf8 } from '@assay/formats';
import { assertSound, type Kek, keyCheckOf } from './kek.ts';

const LINE = /^v1 (?<id>[A-Za-z0-9_-]{1,64}) (?<key>[A-Za-z0-9_-]{43}) (?<check>[A-Za-z0-9_-]{22})$/;
const MAX_TEXT = 64 * 1024;

const HEAD = `# Assay key-encryption keys, the current one first. Without them nothing in the database opens.
# Keep a copy in another place than the database and its backups.
`;

/** The text of a key file: one line `v1 <id> <key> <check value>` for each key, `#` begins a comment. */
export function toKekFile(keks: readonly Kek[]): string {
  assertSound(keks);
  const lines = keks.map((kek) => `v1 ${kek.id} ${toBase64url(kek.key)} ${keyCheckOf(kek).check}\n`);
  return HEAD + lines.join('');
}

/**
 * Reads a key file.
 *
 * @throws ConfigError `secrets.kek_file_malformed` (naming the line's number, never its text),
 * `secrets.kek_check_failed`, `secrets.kek_missing`.
 */
export function parseKekFile(text: string): Kek[] {
  if (text.length > MAX_TEXT) throw malformed('is larger than 64 KiB');
  const lines = text.split(/\r?\n/).map((line, index) => ({ line, number: index + 1 }));
  const keks = lines.filter(({ line }) => line !== '' && !line.startsWith('#')).map(parseLine);
  if (keks.length === 0) throw new ConfigError('secrets.kek_missing', 'the key file holds no key');
  assertSound(keks);
  return keks;
}

function parseLine({ line, number }: { readonly line: string; readonly number: number }): Kek {
  const { id = '', key = '', check = '' } = LINE.exec(line)?.groups ?? {};
  if (id === '') throw malformed(`has no key in line ${number}`);
  const kek = { id, key: decode(key, number) };
  if (!constantTimeEqual(utf8(keyCheckOf(kek).check), utf8(check))) {
    throw new ConfigError('secrets.kek_check_failed', `key-encryption key ${id} does not fit its check value`);
  }
  return kek;
}

function decode(key: string, number: number): Uint8Array {
  try {
    return parseBase64url(key);
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    throw malformed(`has no base64url key in line ${number}`);
  }
}

const malformed = (fault: string): ConfigError =>
  new ConfigError('secrets.kek_file_malformed', `the key file ${fault}`);
