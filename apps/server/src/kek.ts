import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { ConfigError, type Random } from '@assay/core';
import { createKek, createKekRing, type KekRing, parseKekFile, toKekFile } from '@assay/secrets';

/**
 * Opens the key-encryption keys, and makes the first one at the first start. The file lies outside the database: whoever
 * has only one of the two can open nothing.
 *
 * @throws ConfigError `server.kek_readable_by_others`, `secrets.kek_*`
 */
export function openKekFile(path: string, random: Random, talk: (line: string) => void): KekRing {
  if (!existsSync(path)) createKekFile(path, random, talk);
  const { mode } = statSync(path);
  if ((mode & 0o077) !== 0 && process.platform !== 'win32') {
    throw new ConfigError('server.kek_readable_by_others', `the key file ${path} can be read by other users`, {
      expected: 'mode 0600',
      found: `mode ${(mode & 0o777).toString(8).padStart(4, '0')}`,
      hint: `chmod 600 ${path}`,
    });
  }
  return createKekRing(parseKekFile(readFileSync(path, 'utf8')), random);
}

/**
 * Written whole and synced before anything is sealed under it: a lost key loses every secret. The file gets its name only
 * when it is whole; of two first starts at once one wins, and both use its key.
 */
function createKekFile(path: string, random: Random, talk: (line: string) => void): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const fresh = `${path}.${process.pid}`;
  const file = openSync(fresh, 'wx', 0o600);
  try {
    writeSync(file, toKekFile([createKek(random)]));
    fsyncSync(file);
    linkSync(fresh, path);
    talk(`made a key-encryption key in ${path}: keep a copy away from the database and its backups`);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    closeSync(file);
    rmSync(fresh, { force: true });
  }
}
