import type { CommandRow } from '../command.ts';
import { ACCESS_ROWS } from './rows/access.ts';
import { EVIDENCE_ROWS } from './rows/evidence.ts';
import { MITM_ROWS } from './rows/mitm.ts';
import { PINS_ROWS } from './rows/pins.ts';
import { POLICY_ROWS } from './rows/policy.ts';
import { REGISTRY_ROWS } from './rows/registry.ts';
import { SERVER_ROWS } from './rows/server.ts';
import { TRUST_ROWS } from './rows/trust.ts';
import { UPKEEP_ROWS } from './rows/upkeep.ts';

/** Every command; the order is the order of the help. */
export const COMMANDS: readonly CommandRow[] = [
  ...SERVER_ROWS,
  ...EVIDENCE_ROWS,
  ...REGISTRY_ROWS,
  ...POLICY_ROWS,
  ...ACCESS_ROWS,
  ...TRUST_ROWS,
  ...PINS_ROWS,
  ...MITM_ROWS,
  ...UPKEEP_ROWS,
];
