import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Purpose } from '@assay/client';
import { FAULTS, type Fault, type FaultKind, type FaultRow } from '@assay/virtual-devices';
import { DEVICES, send } from './support/app.ts';

const FAULT_IDS = Object.keys(FAULTS) as Fault[];

/** A counter can only stand still at the second use of the key. */
const purposesOf = (fault: Fault): readonly Purpose[] => (fault === 'stuck-counter' ? ['enrol', 'refresh'] : ['enrol']);

/** What a policy says besides, as a consequence of the one difference. */
const CONSEQUENCES: Partial<Record<Fault, readonly string[]>> = {
  'unlocked-bootloader': ['policy.boot_not_verified', 'policy.app_unproven'],
  'self-signed-boot': ['policy.app_unproven'],
  'software-key': ['policy.levels_differ', 'policy.key_not_hardware'],
};

/** Two pieces that contradict each other are found where they are joined, which the server in short does not do. */
const JOINED = 'service.evidence_inconsistent';

function expectedOf(fault: Fault, kinds: readonly FaultKind[]): string | undefined {
  const row: FaultRow = FAULTS[fault];
  return kinds.map((kind) => row[kind]).find((difference) => difference !== undefined)?.code;
}

describe('faults', () => {
  for (const [name, { kinds, make }] of Object.entries(DEVICES)) {
    it(`${name}: a device without a fault is accepted, at enrolment, refresh and rekey`, async () => {
      const judgements = await send(make(), ['enrol', 'refresh', 'rekey', 'refresh']);
      assert.deepEqual(
        judgements.map(({ codes }) => codes),
        [[], [], [], []],
      );
    });

    for (const fault of FAULT_IDS) {
      const code = expectedOf(fault, kinds);
      if (code === undefined || code === JOINED) continue;
      it(`${fault} on ${name}: ${code}`, async () => {
        const judgements = await send(make([fault]), purposesOf(fault));
        assert.deepEqual(judgements.at(-1)?.codes, [code, ...(CONSEQUENCES[fault] ?? [])]);
        assert.ok(judgements.slice(0, -1).every(({ codes }) => codes.length === 0));
      });
    }
  }
});
