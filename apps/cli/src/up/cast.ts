import { FAULTS, type Fault, type FaultRow } from '@assay/virtual-devices';

/** One phone of the demo: genuine, or wrong in one point. */
export interface Role {
  readonly platform: 'android' | 'ios';
  readonly model?: 'test-phone-a1' | 'test-phone-a2' | 'test-phone-i1';
  readonly fault?: Forgery;
}

/** What is wrong with a phone, and how the server should notice. */
interface Forgery {
  readonly id: Fault;
  readonly label: string;
  readonly differs: string;
  /** The code that the server should stop with. */
  readonly code: string;
}

export const GENUINE: readonly Role[] = [
  { platform: 'android', model: 'test-phone-a1' },
  { platform: 'ios', model: 'test-phone-i1' },
  { platform: 'android', model: 'test-phone-a2' },
];

/** Where enrolment stops before a policy is asked: such a key proves nothing about who holds it. */
const AT_ENROLMENT: Partial<Record<Fault, string>> = {
  'attest-key': 'service.key_unfit',
  'imported-key': 'service.key_unfit',
};

/** Every fault there is, on the first platform that has it; Apple's own come on a phone of Apple's. */
export const FORGED: readonly Role[] = Object.entries(FAULTS).flatMap(([name, row]: [string, FaultRow]) => {
  const id = name as Fault; // a key of FAULTS by construction
  const platform = row.android === undefined ? 'ios' : 'android';
  const code = AT_ENROLMENT[id] ?? row[platform]?.code;
  return code === undefined ? [] : [{ platform, fault: { id, label: row.label, differs: row.differs, code } }];
});

/** What happens in the first round: genuine phones among forged ones, as on a real day. */
export function firstRound(): readonly Role[] {
  return FORGED.flatMap((forged, index) => {
    const genuine = GENUINE[index % GENUINE.length];
    return index < GENUINE.length && genuine !== undefined ? [genuine, forged] : [forged];
  });
}

/** After the first round: genuine and forged by turns, each kind in its order, for ever. */
export function* laterTurns(): Generator<Role> {
  for (let turn = 0; ; turn++) {
    for (const roles of [GENUINE, FORGED]) {
      const role = roles[turn % roles.length];
      if (role !== undefined) yield role;
    }
  }
}
