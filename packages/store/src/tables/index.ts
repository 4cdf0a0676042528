import type { Store } from '@assay/core';
import type { Driver } from '../driver.ts';
import { createAccept } from './accept.ts';
import { createAppraisals } from './appraisals.ts';
import { createAudit } from './audit.ts';
import { createCredentials } from './credentials.ts';
import { createDeliveries } from './deliveries.ts';
import { createInstances } from './instances.ts';
import { createKeys } from './keys.ts';
import { createPins } from './pins.ts';
import { createRedemptions } from './redemptions.ts';
import { createRegistry } from './registry.ts';
import { createRejections } from './rejections.ts';
import { createRetention } from './retention.ts';
import { createSecrets } from './secrets.ts';

export const PING_SQL = 'select 1 as one';

/** The port over any engine. */
export function createStore(driver: Driver): Store {
  return {
    engine: driver.engine,
    ...createAccept(driver),
    ...createRedemptions(driver),
    ...createDeliveries(driver),
    ...createInstances(driver),
    ...createAppraisals(driver),
    ...createRetention(driver),
    ...createRejections(driver),
    ...createKeys(driver),
    ...createRegistry(driver),
    ...createSecrets(driver),
    ...createPins(driver),
    ...createAudit(driver),
    ...createCredentials(driver),
    ping: async () => {
      await driver.committed.query(PING_SQL);
    },
    close: () => driver.close(),
  };
}
