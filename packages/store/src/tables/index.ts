import type { ActStore, ReviewStore, Store, VendorStore } from '@assay/core';
import type { Driver, Session } from '../driver.ts';
import { createAccept } from './accept.ts';
import { createAppraisals } from './appraisals.ts';
import { createAudit } from './audit.ts';
import { createCredentials } from './credentials.ts';
import { createDeliveries } from './deliveries.ts';
import { createGrants } from './grants.ts';
import { createInstances, type Instances } from './instances.ts';
import { createKeys } from './keys.ts';
import { createOrders } from './orders.ts';
import { createPins } from './pins.ts';
import { createPolicies } from './policies.ts';
import { createProposals } from './proposals.ts';
import { createReceipts } from './receipts.ts';
import { createRedemptions } from './redemptions.ts';
import { createRegistry } from './registry.ts';
import { createRejections } from './rejections.ts';
import { createRetention } from './retention.ts';
import { createReviews } from './reviews.ts';
import { createSealed } from './sealed.ts';
import { createSecrets } from './secrets.ts';
import { createTrustCopies } from './trust-copies.ts';
import { createVendors } from './vendors.ts';

export const PING_SQL = 'select 1 as one';

/** The port over any engine. */
export function createStore(driver: Driver): Store {
  return {
    engine: driver.engine,
    ...createAccept(driver),
    ...createRedemptions(driver),
    ...createDeliveries(driver),
    ...createAppraisals(driver),
    ...createRetention(driver),
    ...createRejections(driver),
    ...createActTables(driver),
    ...createSealed(driver),
    atomically: (act) => driver.transaction((session) => act(createActTables(within(driver, session)))),
    ping: async () => {
      await driver.committed.query(PING_SQL);
    },
    close: () => driver.close(),
  };
}

function createActTables(driver: Driver): ActStore & Instances & VendorStore & ReviewStore {
  return {
    ...createInstances(driver),
    ...createKeys(driver),
    ...createRegistry(driver),
    ...createSecrets(driver),
    ...createPins(driver),
    ...createAudit(driver),
    ...createCredentials(driver),
    ...createOrders(driver),
    ...createPolicies(driver),
    ...createProposals(driver),
    ...createVendors(driver),
    ...createReceipts(driver),
    ...createGrants(driver),
    ...createTrustCopies(driver),
    ...createReviews(driver),
  };
}

/** The engine as seen from inside a transaction: it reads what it wrote, and its writes join. */
function within(driver: Driver, session: Session): Driver {
  return { ...driver, committed: session, transaction: (job) => job(session) };
}
