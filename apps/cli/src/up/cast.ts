import { FAULTS, type Fault, type FaultKind, type FaultRow } from '@assay/virtual-devices';
import { BANK, type DemoApp, SHOP } from './demo-app.ts';
import type { DeviceName } from './devices.ts';

/** One device of the demo with one app: genuine, or wrong in one point. */
export interface Role {
  readonly app: DemoApp;
  readonly device: DeviceName;
  /** Who it is; without it the device's model. */
  readonly label?: string;
  /** Why a genuine one is worth no more than it is. */
  readonly limit?: string;
  readonly fault?: Forgery;
}

/** What is wrong with a device, and how the server should notice. */
interface Forgery {
  /** The fault of the device itself; absent where it is whole and holds what is not its own. */
  readonly id?: Fault;
  readonly label: string;
  readonly differs: string;
  /** The code that the server should stop with. */
  readonly code: string;
}

/** Phones with hardware evidence, and whatever else may call the shop. */
export const GENUINE: readonly Role[] = [
  { app: BANK, device: 'a1' },
  { app: BANK, device: 'i1' },
  { app: BANK, device: 'a2' },
  { app: SHOP, device: 'key+play', label: 'Key in hardware, and Play' },
  {
    ...{ app: SHOP, device: 'play', label: 'Play alone' },
    limit: 'Google vouches for app and device; nothing proves where the key lives.',
  },
  {
    ...{ app: SHOP, device: 'hms', label: 'Huawei phone' },
    limit: 'Huawei vouches for app and device; nothing proves where the key lives.',
  },
  {
    ...{ app: SHOP, device: 'harmony', label: 'HarmonyOS phone' },
    limit: 'Huawei vouches for app and device; nothing proves where the key lives.',
  },
  {
    ...{ app: SHOP, device: 'page', label: 'Web page' },
    limit: 'Somebody solved a captcha; a browser proves no device.',
  },
  {
    ...{ app: SHOP, device: 'simulator', label: 'Simulator with a grant' },
    limit: 'An operator let it in, in development alone; it proves nothing.',
  },
  {
    ...{ app: SHOP, device: 'app-check', label: 'App Check token' },
    limit: 'Firebase names the app, for the time of a migration; the token commits to no key.',
  },
];

/** Where enrolment stops before a policy is asked: such a key proves nothing about who holds it. */
const AT_ENROLMENT: Partial<Record<Fault, string>> = {
  'attest-key': 'service.key_unfit',
  'imported-key': 'service.key_unfit',
};

/** Every fault of hardware evidence, on the first platform that has it; Apple's own come on a phone of Apple's. */
const OF_HARDWARE: readonly Role[] = Object.entries(FAULTS).flatMap(([name, row]: [string, FaultRow]) => {
  const id = name as Fault; // a key of FAULTS by construction
  const [kind, device] = row.android === undefined ? (['ios', 'i1'] as const) : (['android', 'a1'] as const);
  const code = AT_ENROLMENT[id] ?? row[kind]?.code;
  const { label, differs } = row;
  return code === undefined ? [] : [{ app: BANK, device, fault: { id, label, differs, code } }];
});

/** A fault of `FAULTS` on a device of the shop, under a name that says which. */
function faulty(label: string, device: DeviceName, kind: FaultKind, id: Fault): Role {
  const row: FaultRow = FAULTS[id];
  return { app: SHOP, device, fault: { id, label, differs: row.differs, code: row[kind]?.code ?? '' } };
}

const OF_OTHER_EVIDENCE: readonly Role[] = [
  faulty('Evidence of two phones', 'key+play', 'beside', 'two-phones'),
  faulty('Play alone, unknown version', 'play', 'play', 'unrecognised-version'),
  faulty('Play alone, uncertified device', 'play', 'play', 'basic-only'),
  faulty('Huawei phone, rooted', 'hms', 'hms', 'rooted-device'),
  faulty('Forged Play verdict with a key', 'key+play', 'beside', 'forged-verdict'),
  faulty('Key, its Play token stripped', 'key+play', 'beside', 'stripped-companion'),
  faulty('Huawei phone, look-alike host', 'hms', 'hms', 'host-lookalike'),
  faulty('HarmonyOS phone, stale token', 'harmony', 'harmony', 'stale-token'),
  {
    ...{ app: SHOP, device: 'page elsewhere' },
    fault: {
      ...{ label: 'Page of another site', code: 'web.host_mismatch' },
      differs: 'The captcha is genuine, and was solved on another host.',
    },
  },
  {
    ...{ app: SHOP, device: 'second simulator' },
    fault: {
      ...{ label: 'Simulator, grant used up', code: 'service.grant_spent' },
      differs: 'The grant was for one simulator, which has used it.',
    },
  },
  {
    ...{ app: SHOP, device: 'app-check elsewhere' },
    fault: {
      ...{ label: 'App Check of another project', code: 'app_check.key_unknown' },
      differs: 'The token is of a Firebase project that anybody may open.',
    },
  },
];

export const FORGED: readonly Role[] = [...OF_HARDWARE, ...OF_OTHER_EVIDENCE];

const isOf = (app: DemoApp) => (role: Role) => role.app === app;

/** What happens in the first round: the bank's phones, then the shop's; genuine among forged ones, as on a real day. */
export function firstRound(): readonly Role[] {
  return [BANK, SHOP].flatMap((app) => byTurns(GENUINE.filter(isOf(app)), FORGED.filter(isOf(app))));
}

/** One of each by turns, as long as there are both. */
function byTurns(some: readonly Role[], others: readonly Role[]): readonly Role[] {
  const turns = Array.from({ length: Math.max(some.length, others.length) }, (_, turn) => [some[turn], others[turn]]);
  return turns.flat().filter((role) => role !== undefined);
}

/** After the first round: genuine and forged by turns, the bank's and the shop's by turns, for ever. */
export function* laterTurns(): Generator<Role> {
  const kinds = [GENUINE, FORGED].map((roles) => byTurns(roles.filter(isOf(SHOP)), roles.filter(isOf(BANK))));
  for (let turn = 0; ; turn++) {
    for (const roles of kinds) {
      const role = roles[turn % roles.length];
      if (role !== undefined) yield role;
    }
  }
}
