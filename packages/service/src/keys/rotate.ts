import type { KeyRow, KeyUse } from '@assay/core';
import { planRevocation, planRotation, ROTATION_TIMES, type RotationStep } from '@assay/tokens';
import type { Service } from '../context.ts';
import { createKeyRow } from './issuer-keys.ts';

/**
 * Keys that rotate by themselves. The reply key does not: clients trust it through a root document, which a person signs;
 * the record key does not either, since records are compared across years.
 */
const ROTATING = ['token', 'challenge'] as const satisfies readonly KeyUse[];

/** Takes every step that is due now; returns how many this process took. Losing a race to another replica is fine. */
export async function rotateKeys(service: Service, iss: string): Promise<number> {
  let taken = 0;
  for (const use of ROTATING) {
    const rows = await service.store.keys(iss, use);
    taken += await take(service, iss, use, rows, planRotation(rows, ROTATION_TIMES[use], service.clock()));
  }
  return taken;
}

/**
 * Takes a compromised token key out at once; its successor signs from now on.
 *
 * @throws ConfigError `tokens.key_ring_invalid` for a key that is not there or gone already
 */
export async function revokeTokenKey(service: Service, iss: string, kid: string): Promise<void> {
  const rows = await service.store.keys(iss, 'token');
  await take(service, iss, 'token', rows, planRevocation(rows, kid));
}

async function take(
  service: Service,
  iss: string,
  use: KeyUse,
  rows: readonly KeyRow[],
  steps: readonly RotationStep[],
) {
  let taken = 0;
  for (const step of steps) if (await takeStep(service, iss, use, rows, step)) taken += 1;
  if (taken > 0) service.keys.forget();
  return taken;
}

async function takeStep(service: Service, iss: string, use: KeyUse, rows: readonly KeyRow[], step: RotationStep) {
  const { store, clock } = service;
  if (step.step === 'move') return store.setKeyState(iss, use, step.kid, step.from, step.to, clock());
  return store.addKey(await createKeyRow(service, iss, use, step.state, nextNumber(rows)));
}

/** Challenge keys are named by an octet; a number comes round again long after its last challenge has died. */
function nextNumber(rows: readonly KeyRow[]): number {
  const newest = rows.reduce((latest, row) => (row.createdAt > latest.createdAt ? row : latest), {
    createdAt: -1,
    kid: '0',
  });
  return (Number(newest.kid) % 255) + 1;
}
