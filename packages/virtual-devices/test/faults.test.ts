import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Purpose } from '@assay/client';
import { FAULTS, type Fault, type FaultRow } from '@assay/virtual-devices';
import { createPhone, type Platform, send } from './support/app.ts';

const PLATFORMS: readonly Platform[] = ['android', 'ios'];
const FAULT_IDS = Object.keys(FAULTS) as Fault[];

/** A counter can only stand still at the second use of the key. */
const purposesOf = (fault: Fault): readonly Purpose[] => (fault === 'stuck-counter' ? ['enrol', 'refresh'] : ['enrol']);

/** What a policy says besides, as a consequence of the one difference. */
const CONSEQUENCES: Partial<Record<Fault, readonly string[]>> = {
  'unlocked-bootloader': ['policy.boot_not_verified', 'policy.app_unproven'],
  'self-signed-boot': ['policy.app_unproven'],
  'software-key': ['policy.levels_differ', 'policy.key_not_hardware'],
};

describe('faults', () => {
  for (const platform of PLATFORMS) {
    it(`${platform}: a phone without a fault is accepted, at enrolment, refresh and rekey`, async () => {
      const judgements = await send(createPhone(platform), ['enrol', 'refresh', 'rekey', 'refresh']);
      assert.deepEqual(
        judgements.map(({ codes }) => codes),
        [[], [], [], []],
      );
    });
  }

  for (const fault of FAULT_IDS) {
    for (const platform of PLATFORMS) {
      const row: FaultRow = FAULTS[fault];
      const difference = row[platform];
      if (difference === undefined) continue;
      it(`${fault} on ${platform}: ${difference.code}`, async () => {
        const judgements = await send(createPhone(platform, [fault]), purposesOf(fault));
        assert.deepEqual(judgements.at(-1)?.codes, [difference.code, ...(CONSEQUENCES[fault] ?? [])]);
        assert.ok(judgements.slice(0, -1).every(({ codes }) => codes.length === 0));
      });
    }
  }
});
