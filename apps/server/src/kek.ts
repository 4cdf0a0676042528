import { randomUUID } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { type Clock, ConfigError, type Random, type RegistryStore } from '@assay/core';
import {
  assertKeyChecks,
  createKek,
  createKekRing,
  type Kek,
  type KekRing,
  type KeyCheck,
  keyCheckOf,
  parseKekFile,
  toKekFile,
} from '@assay/secrets';
import { COMMAND_LINE, commitAct, type Installation, type Rewrapped } from '@assay/service';
import { z } from 'zod';
import type { Config } from './config/schema.ts';
import { makeFolder, syncFolder } from './folder.ts';

/** Where an installation remembers which keys it was made with. */
const [NOBODY, SETTING, KEK_CHECKS] = ['', 'setting', 'kek-checks'] as const;
const Checks = z.array(z.strictObject({ id: z.string(), check: z.string() }));

/**
 * Opens the key-encryption keys of an installation, and makes the first one at the first start. The file lies outside the
 * database: whoever has only one of the two can open nothing. The database remembers a check value of each key, so that a
 * lost or foreign file stops the start and is never replaced in silence.
 *
 * @throws ConfigError `server.kek_missing`, `server.kek_readable_by_others`, `secrets.kek_*`
 */
export async function openInstallationKek(
  path: string,
  store: RegistryStore,
  { random, clock, talk }: { readonly random: Random; readonly clock: Clock; readonly talk: (line: string) => void },
): Promise<KekRing> {
  const row = await store.registered(NOBODY, SETTING, KEK_CHECKS);
  const remembered = row === undefined ? [] : Checks.parse(JSON.parse(row.value));
  const keks = openKeks(path, random, talk, remembered);
  const ring = createKekRing(keks, random);
  // From now on rows are sealed under the current key. An older one that no row is under need not be remembered again.
  if (!remembered.some(({ id }) => id === ring.currentId)) {
    const checks = keks.map(keyCheckOf).filter(({ id }) => id === ring.currentId || isRemembered(id, remembered));
    await store.register(NOBODY, SETTING, KEK_CHECKS, JSON.stringify(checks), row?.version ?? 0, clock());
  }
  return ring;
}

const isRemembered = (id: string, remembered: readonly KeyCheck[]): boolean =>
  remembered.some((check) => check.id === id);

/**
 * Ends a change of keys: the installation no longer asks for the older ones once no row is under them. The act stands in
 * every chain; while a row is left that no key opens, nothing is forgotten.
 */
export async function forgetOldKeks(installation: Installation, path: string, rewrapped: Rewrapped): Promise<void> {
  const { store, issuers, clock, kek } = installation;
  const { currentId } = kek;
  const row = await store.registered(NOBODY, SETTING, KEK_CHECKS);
  const current = parseKekFile(readFileSync(path, 'utf8')).filter(({ id }) => id === currentId);
  const detail = { changed: totalOf(rewrapped.changed), unopened: totalOf(rewrapped.unopened) };
  const entry = { actor: COMMAND_LINE, act: 'kek.rewrap', subject: currentId, detail };
  await commitAct(
    installation,
    issuers.keys(),
    async (tables) => {
      const checks = JSON.stringify(current.map(keyCheckOf));
      if (detail.unopened === 0) await tables.register(NOBODY, SETTING, KEK_CHECKS, checks, row?.version ?? 0, clock());
    },
    () => entry,
  );
}

const totalOf = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);

export function kekFileOf({ kekFile, data }: Pick<Config, 'kekFile' | 'data'>): string {
  return kekFile ?? join(data, 'kek');
}

/**
 * Puts a new key at the head of the key file; the others stay below it, so that their rows still open.
 *
 * @throws ConfigError `server.kek_missing`, `server.kek_readable_by_others`, `secrets.kek_*`
 */
export function addKek(path: string, random: Random): void {
  if (!existsSync(path)) throw missing(path, []);
  assertPrivate(path);
  const keks = parseKekFile(readFileSync(path, 'utf8'));
  writeWhole(path, toKekFile([createKek(random), ...keks]), renameSync);
}

/** The keys of the file; a file that is missing is made only where no key is remembered. */
export function openKeks(
  path: string,
  random: Random,
  talk: (line: string) => void,
  remembered: readonly KeyCheck[],
): readonly Kek[] {
  if (!existsSync(path)) {
    if (remembered.length > 0) throw missing(path, remembered);
    createKekFile(path, random, talk);
  }
  assertPrivate(path);
  const keks = parseKekFile(readFileSync(path, 'utf8'));
  assertKeyChecks(keks, remembered);
  return keks;
}

function missing(path: string, remembered: readonly KeyCheck[]): ConfigError {
  return new ConfigError('server.kek_missing', `the key file ${path} is not there, and the database needs its keys`, {
    expected: remembered.length === 0 ? 'a key file' : `keys ${remembered.map(({ id }) => id).join(', ')}`,
    found: 'no file',
    hint: 'put the copy of the file back; without it nothing in the database opens',
  });
}

function assertPrivate(path: string): void {
  const { mode } = statSync(path);
  if ((mode & 0o077) === 0 || process.platform === 'win32') return;
  throw new ConfigError('server.kek_readable_by_others', `the key file ${path} can be read by other users`, {
    expected: 'mode 0600',
    found: `mode ${(mode & 0o777).toString(8).padStart(4, '0')}`,
    hint: `chmod 600 ${path}`,
  });
}

/**
 * Written whole and synced before anything is sealed under it: a lost key loses every secret. The file gets its name only
 * when it is whole; of two first starts at once one wins, and both use its key.
 */
function createKekFile(path: string, random: Random, talk: (line: string) => void): void {
  makeFolder(dirname(path), 0o700);
  try {
    writeWhole(path, toKekFile([createKek(random)]), linkSync);
    talk(`made a key-encryption key in ${path}: keep a copy away from the database and its backups`);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
}

/**
 * Synced under another name before `install` gives it its own, and the folder after that: no crash leaves half a file, or
 * none, once something is sealed under its keys. What a crash left lying has a name that nobody takes again.
 */
function writeWhole(path: string, text: string, install: (from: string, to: string) => void): void {
  const fresh = `${path}.${randomUUID()}`;
  const file = openSync(fresh, 'wx', 0o600);
  try {
    writeSync(file, text);
    fsyncSync(file);
    install(fresh, path);
  } finally {
    closeSync(file);
    rmSync(fresh, { force: true });
  }
  syncFolder(dirname(path));
}
