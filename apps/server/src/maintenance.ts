import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError, type Random } from '@assay/core';
import {
  COMMAND_LINE,
  createKeyKeeper,
  type Installation,
  markRestored,
  type Restored,
  type Rewrapped,
  rewrapAll,
} from '@assay/service';
import type { Config } from './config/schema.ts';
import { issuersOf } from './issuers.ts';
import { addKek, forgetOldKeks, kekFileOf, openInstallationKek } from './kek.ts';
import type { World } from './server.ts';
import { DATABASE, openStore } from './storage.ts';

/** Acts upon the database of a server that does not run, by whoever holds its key file. */

/**
 * After a backup was put back: new challenge keys for every configured issuer, and new token keys where that is wished.
 *
 * @throws ConfigError `server.database_missing`, `server.data_in_use`, `server.kek_*`, `secrets.*`
 */
export function restored(
  config: Config,
  world: World,
  options: { readonly tokenKeys: boolean },
): Promise<ReadonlyMap<string, Restored>> {
  return withInstallation(config, world, async (installation) => {
    const done = new Map<string, Restored>();
    for (const iss of installation.issuers.keys()) {
      done.set(iss, await markRestored(installation, COMMAND_LINE, iss, options));
    }
    return done;
  });
}

export interface RewrapReport extends Rewrapped {
  /** The key that everything is under now. */
  readonly current: string;
}

/**
 * Wraps every sealed row under the newest key of the key file. When no row is left under another key, older keys may be
 * taken out of the file; until then a start without them is refused.
 *
 * @param newKey makes a key first and puts it at the head of the file
 * @throws ConfigError `server.database_missing`, `server.data_in_use`, `server.kek_*`, `secrets.*`
 */
export function rewrap(config: Config, world: World, { newKey }: { readonly newKey: boolean }): Promise<RewrapReport> {
  const before = () => {
    if (newKey) addKek(kekFileOf(config), random);
  };
  const work = async (installation: Installation) => {
    const rewrapped = await rewrapAll(installation);
    await forgetOldKeks(installation, kekFileOf(config), rewrapped);
    return { ...rewrapped, current: installation.kek.currentId };
  };
  return withInstallation(config, world, work, before);
}

const random: Random = (length) => new Uint8Array(randomBytes(length));

async function withInstallation<T>(
  config: Config,
  { clock, talk }: World,
  work: (installation: Installation) => Promise<T>,
  /** Runs once nobody else can use the folder, before the key file is read. */
  before: () => void = () => {},
): Promise<T> {
  assertDatabase(config);
  const store = await openStore(config);
  try {
    before();
    const kek = await openInstallationKek(kekFileOf(config), store, { random, clock, talk });
    const keys = createKeyKeeper({ store, clock, random, kek });
    return await work({ store, clock, random, kek, keys, issuers: issuersOf(config) });
  } finally {
    await store.close();
  }
}

/** A typing error in the folder must not make an installation. */
function assertDatabase({ databaseUrl, data }: Config): void {
  const path = join(data, DATABASE);
  if (databaseUrl !== undefined || existsSync(path)) return;
  throw new ConfigError('server.database_missing', `there is no database at ${path}`, {
    expected: 'the settings that the server is started with',
    found: 'a data folder without a database',
    hint: 'name the folder with --data, or the settings with --config',
  });
}
