import { ATTACK_GROUPS, type Attack, type AttackGroup } from './attack.ts';
import { CHALLENGE_ATTACKS } from './rows/challenge.ts';
import { EVIDENCE_ATTACKS } from './rows/evidence.ts';
import { NONCE_ATTACKS } from './rows/nonce.ts';
import { PIN_ATTACKS } from './rows/pins.ts';
import { PROOF_ATTACKS } from './rows/proof.ts';
import { REPLY_ATTACKS } from './rows/reply.ts';
import { STATEMENT_ATTACKS } from './rows/statement.ts';
import { TARGET_ATTACKS } from './rows/target.ts';
import { SHAPE_ATTACKS, TOKEN_ATTACKS } from './rows/token.ts';

const ROWS: readonly Attack[] = [
  ...TOKEN_ATTACKS,
  ...SHAPE_ATTACKS,
  ...PROOF_ATTACKS,
  ...NONCE_ATTACKS,
  ...TARGET_ATTACKS,
  ...STATEMENT_ATTACKS,
  ...EVIDENCE_ATTACKS,
  ...CHALLENGE_ATTACKS,
  ...REPLY_ATTACKS,
  ...PIN_ATTACKS,
];

const GROUPS = Object.keys(ATTACK_GROUPS) as AttackGroup[]; // the keys of ATTACK_GROUPS by definition

/** Every attack, by group, in the order in which they are tried. */
export const ATTACKS: readonly Attack[] = GROUPS.flatMap((group) => ROWS.filter((row) => row.group === group));
