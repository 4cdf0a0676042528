import type { ActStore, KeyRow, KeyUse } from '@assay/core';
import type { RotationStep } from '@assay/tokens';
import { commitAct } from '../admin/act.ts';
import type { AuditEntry } from '../admin/audit.ts';
import type { Installation } from '../context.ts';
import { createKeyRow } from './issuer-keys.ts';

/** One conditional write; false when another replica was faster. */
export type KeyChange = (tables: ActStore) => Promise<boolean>;

/** Makes the new keys of a plan, so that the transaction which takes its steps waits for nothing but the store. */
export async function prepareSteps(
  service: Installation,
  iss: string,
  use: KeyUse,
  rows: readonly KeyRow[],
  steps: readonly RotationStep[],
): Promise<readonly KeyChange[]> {
  const known = [...rows];
  const changes: KeyChange[] = [];
  for (const step of steps) {
    if (step.step === 'move') {
      const { kid, from, to } = step;
      changes.push((tables) => tables.setKeyState(iss, use, kid, from, to, service.clock()));
      continue;
    }
    const row = await createKeyRow(service, iss, use, step.state, use === 'challenge' ? nextNumber(known) : 0);
    changes.push(additionOf(known, row));
    known.push(row);
  }
  return changes;
}

class LostRace extends Error {}

/** Takes every step and writes the act into the chain, or does neither: false when another replica was faster. */
export async function takeSteps(
  service: Installation,
  iss: string,
  entry: AuditEntry,
  changes: readonly KeyChange[],
): Promise<boolean> {
  try {
    await commitAct(
      service,
      [iss],
      async (tables) => {
        for (const change of changes) if (!(await change(tables))) throw new LostRace();
      },
      () => entry,
    );
  } catch (error) {
    if (error instanceof LostRace) return false;
    throw error;
  } finally {
    service.keys.forget();
  }
  return true;
}

/** A number that comes round again: its old key is gone, and the new one takes its row. */
function additionOf(rows: readonly KeyRow[], row: KeyRow): KeyChange {
  const spent = rows.find(({ kid }) => kid === row.kid);
  return (tables) => (spent === undefined ? tables.addKey(row) : tables.replaceKey(row, spent.sealed));
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
