import { FAULTS, type Fault, type FaultRow, type VirtualPhoneOptions } from '@assay/virtual-devices';

/** One phone of the demo: genuine, or wrong in one point. */
export interface Role {
  readonly platform: VirtualPhoneOptions['platform'];
  readonly model?: 'test-phone-a1' | 'test-phone-a2' | 'test-phone-i1';
  readonly fault?: Fault;
}

export const GENUINE: readonly Role[] = [
  { platform: 'android', model: 'test-phone-a1' },
  { platform: 'ios', model: 'test-phone-i1' },
  { platform: 'android', model: 'test-phone-a2' },
];

/** Every fault there is, on the first platform that has it; Apple's own come on a phone of Apple's. */
export const FORGED: readonly Role[] = Object.entries(FAULTS).map(([fault, row]) => ({
  platform: platformOf(row),
  fault: fault as Fault, // a key of FAULTS by construction
}));

function platformOf(row: FaultRow): Role['platform'] {
  return row.android === undefined ? 'ios' : 'android';
}

/** What happens in the first round: genuine phones among forged ones, as on a real day. */
export function firstRound(): readonly Role[] {
  return FORGED.flatMap((forged, index) => {
    const genuine = GENUINE[index % GENUINE.length];
    return index < GENUINE.length && genuine !== undefined ? [genuine, forged] : [forged];
  });
}
