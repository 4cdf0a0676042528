import { chmodSync, existsSync, lstatSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { KEYS, type LabKeys } from '@assay/mitm';
import { codeOf, inWords } from '../errno.ts';
import { readText } from '../input.ts';
import { writeNewFile } from '../keys/key-file.ts';
import { fault } from '../reasons.ts';

/** The certificate of the authority; the one file of a lab that is no secret. */
export const AUTHORITY_FILE = 'authority.pem';
const AUTHORITY_KEY = 'authority.key';
const keyFile = (name: string): string => `${name}.key`;
const MAX_BYTES = 16_384;

/**
 * Writes the keys of a lab into a folder that only this user may enter. A file that is there stays.
 *
 * @throws RequestError `cli.file_exists`; UpstreamError `cli.file_unwritable`; ConfigError `cli.folder_open`
 */
export function writeLabFolder(folder: string, { authority, keys }: LabKeys): void {
  makeFolder(folder);
  writeNewFile(join(folder, AUTHORITY_KEY), authority.key, 0o600);
  writeNewFile(join(folder, AUTHORITY_FILE), authority.certificate, 0o600);
  addLabKeys(folder, { authority, keys });
}

/** Writes keys that were made since, so that their pins stay the same in later runs. */
export function addLabKeys(folder: string, { keys }: LabKeys): void {
  for (const [name, pem] of Object.entries(keys)) {
    const path = join(folder, keyFile(name));
    if (!existsSync(path)) writeNewFile(path, pem, 0o600);
  }
}

/**
 * Reads a lab's folder. Private keys that others may read are refused: they stand for every app that trusts the authority.
 *
 * @throws ConfigError `cli.folder_open`; UpstreamError `cli.file_unreadable`
 */
export function readLabFolder(folder: string): LabKeys {
  assertClosed(folder);
  const read = (name: string): string => {
    const path = join(folder, name);
    if (existsSync(path)) assertClosed(path);
    return readText(path, MAX_BYTES);
  };
  const kept = KEYS.filter(({ name }) => existsSync(join(folder, keyFile(name))));
  return {
    authority: { certificate: read(AUTHORITY_FILE), key: read(AUTHORITY_KEY) },
    keys: Object.fromEntries(kept.map(({ name }) => [name, read(keyFile(name))])),
  };
}

function makeFolder(folder: string): void {
  try {
    if (mkdirSync(folder, { recursive: true, mode: 0o700 }) !== undefined) chmodSync(folder, 0o700);
  } catch (error) {
    throw fault('cli.file_unwritable', { message: `cannot write ${folder}`, found: inWords(codeOf(error)) }, error);
  }
  assertClosed(folder);
}

/** Nothing for group and others; symbolic links are not followed. */
function assertClosed(path: string): void {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (stat === undefined)
    throw fault('cli.file_unreadable', { message: `cannot read ${path}`, found: inWords('ENOENT') });
  const mode = stat.mode & 0o777;
  const isOurs = process.getuid === undefined || stat.uid === process.getuid();
  if (!stat.isSymbolicLink() && isOurs && (mode & 0o077) === 0) return;
  const found = stat.isSymbolicLink() ? 'a symbolic link' : isOurs ? `mode 0${mode.toString(8)}` : "another user's";
  throw fault('cli.folder_open', { message: `${path} is not this user's alone`, found });
}
