import type { Engine } from '../engines.ts';
import { acceptContract } from './accept.ts';
import { actContract } from './acts.ts';
import { grantContract } from './grants.ts';
import { hostileContract } from './hostile.ts';
import { instanceContract } from './instances.ts';
import { lastingContract } from './lasting.ts';
import { orderContract } from './orders.ts';
import { policyContract } from './policies.ts';
import { raceContract } from './races.ts';
import { reviewContract } from './reviews.ts';
import { rowContract } from './rows.ts';
import { vendorContract } from './vendors.ts';

/** What every engine behind the store port owes its callers. */
export function storeContract(engine: Engine): void {
  acceptContract(engine);
  instanceContract(engine);
  raceContract(engine);
  rowContract(engine);
  actContract(engine);
  orderContract(engine);
  policyContract(engine);
  vendorContract(engine);
  grantContract(engine);
  reviewContract(engine);
  lastingContract(engine);
  hostileContract(engine);
}
