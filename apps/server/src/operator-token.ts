import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { createCredential, SCOPES, type Service } from '@assay/service';

/** Name of the first operator's credential, who can make others and revoke this one. */
const FIRST_OPERATOR = 'first-operator';

/**
 * Makes the first operator credential of an installation and writes its token into a file that only this user can read.
 * It is never printed. An installation that has any credential gets none.
 */
export async function writeFirstCredential(service: Service, path: string, talk: (line: string) => void): Promise<void> {
  const { store, random, clock } = service;
  if ((await store.credentials()).length > 0) return;
  const made = await createCredential(store, random, clock, FIRST_OPERATOR, SCOPES, null);
  if (made === 'exists') return;
  const file = openSync(path, 'w', 0o600);
  writeSync(file, `${made.token}\n`);
  fsyncSync(file);
  closeSync(file);
  talk(`wrote the first operator's credential to ${path}`);
}
