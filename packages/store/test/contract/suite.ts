import { after, before, describe } from 'node:test';
import type { Store } from '@assay/core';
import type { Database, Engine } from '../engines.ts';

/** What a part of the contract works with; both are there once its tests run. */
export interface Subject {
  readonly store: Store;
  readonly database: Database;
}

/** A group of tests over one database of this engine. */
export function describeStore(engine: Engine, name: string, tests: (subject: Subject) => void): void {
  describe(`${engine.name}: ${name}`, { skip: engine.skip }, () => {
    let database: Database | undefined;
    let store: Store | undefined;
    before(async () => {
      database = await engine.createDatabase();
      store = await database.open();
    });
    after(async () => {
      await store?.close();
      await database?.drop();
    });
    tests({
      get store(): Store {
        return present(store);
      },
      get database(): Database {
        return present(database);
      },
    });
  });
}

function present<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('used before the tests run');
  return value;
}
