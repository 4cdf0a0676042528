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
  const number = use === 'challenge' ? nextNumber(rows) : 0;
  const row = await createKeyRow(service, iss, use, step.state, number);
  const spent = rows.find(({ kid }) => kid === row.kid);
  return spent === undefined ? store.addKey(row) : replace(service, spent, row);
}

/** A number that comes round again: its old key is gone, and the new one takes its row. */
async function replace({ store, clock }: Service, { iss, use, kid, sealed }: KeyRow, row: KeyRow): Promise<boolean> {
  const isMine = await store.rewrapKey(iss, use, kid, sealed, row.sealed);
  return isMine && store.setKeyState(iss, use, kid, 'gone', row.state, clock());
}

const NUMBERS = 255;

/** Challenge keys are named by an octet: the first one after the active key's that is free, or whose key is gone. */
function nextNumber(rows: readonly KeyRow[]): number {
  const taken = new Set(rows.filter(({ state }) => state !== 'gone').map(({ kid }) => Number(kid)));
  const active = Number(rows.findLast(({ state }) => state === 'active')?.kid ?? 0);
  const following = Array.from({ length: NUMBERS }, (_, step) => ((active + step) % NUMBERS) + 1);
  return following.find((number) => !taken.has(number)) ?? fullRing();
}

function fullRing(): never {
  throw new TypeError('a key ring of 255 keys that are all in use');
}
