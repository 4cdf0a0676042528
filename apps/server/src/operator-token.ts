import { randomUUID } from 'node:crypto';
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { admitOperator, FIRST_START, SCOPES, type Service } from '@assay/service';
import { makeFolder, syncFolder } from './folder.ts';

/** Name of the first operator's credential, who can make others and revoke this one. */
const FIRST_OPERATOR = 'first-operator';

/**
 * Makes the first operator credential of an installation and writes its token into a file that only this user can read.
 * It is never printed. An installation that has any credential gets none.
 */
export async function writeFirstCredential(
  service: Pick<Service, 'store' | 'random' | 'clock' | 'issuers'>,
  path: string,
  talk: (line: string) => void,
): Promise<void> {
  if ((await service.store.credentials()).length > 0) return;
  makeFolder(dirname(path), 0o700);
  // A file of its own, opened before the credential exists: what cannot be written must not lock everybody out, and a
  // file that an earlier installation left keeps its mode when it is only written over.
  // What a crash left lying has a name that nobody takes again: in a container every process has the same number.
  const fresh = `${path}.${randomUUID()}`;
  const file = openSync(fresh, 'wx', 0o600);
  try {
    const wish = { id: FIRST_OPERATOR, scopes: SCOPES, expiresAt: null };
    const made = await admitOperator(service, FIRST_START, wish);
    if (made === 'exists') return;
    writeSync(file, `${made.token}\n`);
    fsyncSync(file);
    renameSync(fresh, path);
    syncFolder(dirname(path));
    talk(`wrote the first operator's credential to ${path}`);
  } finally {
    closeSync(file);
    rmSync(fresh, { force: true });
  }
}
