import type { Engine } from '../engines.ts';
import { acceptContract } from './accept.ts';
import { actContract } from './acts.ts';
import { hostileContract } from './hostile.ts';
import { instanceContract } from './instances.ts';
import { lastingContract } from './lasting.ts';
import { raceContract } from './races.ts';
import { rowContract } from './rows.ts';

/** What every engine behind the store port owes its callers. */
export function storeContract(engine: Engine): void {
  acceptContract(engine);
  instanceContract(engine);
  raceContract(engine);
  rowContract(engine);
  actContract(engine);
  lastingContract(engine);
  hostileContract(engine);
}
