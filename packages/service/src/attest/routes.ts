import type { Purpose } from '@assay/core';
import type { Role, Statement } from '@assay/tokens';
import { fault } from '../fault.ts';
import { ANDROID_FORMAT, APPLE_FORMAT, HARMONY_KEY_FORMAT, isCustom, pieceRow } from './pieces/rows.ts';

/** Evidence that serves a purpose: one primary piece, and what may stand beside it. */
export interface Route {
  readonly purposes: readonly Purpose[];
  /** Attests K or carries it; undefined where K is the attested key, so that the statement's signature is proof. */
  readonly primary: Role | undefined;
  /** Format of the instance: a floor for all that comes after its enrolment. */
  readonly format: string;
  readonly companions: readonly Role[];
  /** How many companions there must be. */
  readonly least?: number;
}

const ANY: readonly Purpose[] = ['enrol', 'refresh', 'rekey', 'step_up'];
const NEW_KEY: readonly Purpose[] = ['enrol', 'rekey'];
/** What a phone with a key in hardware can add of its surroundings. */
const ANDROID: readonly Role[] = ['play-standard', 'play-classic', 'hms'];

/** Which evidence serves which purpose. What is not here is not accepted: nothing is downgraded in silence. */
const ROUTES: readonly Route[] = [
  { purposes: NEW_KEY, primary: 'apple-attest', format: APPLE_FORMAT, companions: ['device-check'] },
  {
    purposes: ['refresh', 'rekey', 'step_up'],
    primary: 'apple-assert',
    format: APPLE_FORMAT,
    companions: ['device-check'],
  },
  { purposes: NEW_KEY, primary: 'android-key', format: ANDROID_FORMAT, companions: ANDROID },
  { purposes: ['refresh'], primary: undefined, format: ANDROID_FORMAT, companions: ANDROID },
  { purposes: ['step_up'], primary: undefined, format: ANDROID_FORMAT, companions: ANDROID, least: 1 },
  // Gets as far as the refusal that says why no such key can be verified here.
  { purposes: NEW_KEY, primary: 'harmony-key', format: HARMONY_KEY_FORMAT, companions: [] },
  // A captcha every few minutes keeps nobody out: its age is for the policy, and its assurance the lowest.
  { purposes: ['refresh'], primary: undefined, format: 'web', companions: ['web'] },
  ...(['play-standard', 'play-classic', 'hms', 'harmony-integrity', 'app-check', 'web', 'dev'] as const).flatMap(alone),
];

/** K in software: a fresh piece of the same kind comes with everything. */
function alone(primary: Role): Route[] {
  const row = pieceRow(primary);
  return row === undefined ? [] : [{ purposes: ANY, primary, format: row.format, companions: [] }];
}

/**
 * The route of a statement.
 *
 * @param floor format of the instance that it rests on, if it rests on one
 * @throws EvidenceError `service.evidence_not_accepted`
 */
export function routeOf({ purpose, ev }: Statement, floor: string | undefined): Route {
  const routes = [...ROUTES, ...ev.filter(isCustom).flatMap(alone)];
  const route = routes.find((each) => serves(each, purpose, ev) && (floor === undefined || floor === each.format));
  if (route !== undefined) return route;
  const found = `${purpose} with ${ev.join(', ') || 'no evidence'}`;
  throw fault(
    'service.evidence_not_accepted',
    floor === undefined ? { found } : { expected: `evidence of ${floor}`, found },
  );
}

function serves({ purposes, primary, companions, least = 0 }: Route, purpose: Purpose, ev: readonly Role[]): boolean {
  const others = ev.filter((role) => role !== primary);
  const hasPrimary = primary === undefined || ev.includes(primary);
  const mayStand = (role: Role) => companions.includes(role) || isCustom(role);
  return purposes.includes(purpose) && hasPrimary && others.length >= least && others.every(mayStand);
}
