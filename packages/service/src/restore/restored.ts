import type { KeyRow, KeyUse } from '@assay/core';
import type { RotationStep } from '@assay/tokens';
import type { Actor } from '../admin/act.ts';
import type { Installation } from '../context.ts';
import { fault } from '../fault.ts';
import { prepareSteps, takeSteps } from '../keys/steps.ts';

/** How many keys of each use were taken out. */
export interface Restored {
  readonly challenge: number;
  readonly token: number;
}

/**
 * What a restored database owes its clients: it has forgotten which challenges were redeemed since the backup, so every
 * challenge given before dies with its key. Where the backup left the house the token keys go too, at once: tokens that
 * they signed are refused as soon as verifiers read the key set again.
 *
 * @throws RequestError `service.conflict` when keys changed meanwhile: a server is still running on the database
 */
export async function markRestored(
  service: Installation,
  actor: Actor,
  iss: string,
  { tokenKeys }: { readonly tokenKeys: boolean },
): Promise<Restored> {
  const challenge = await replacementOf(service, iss, 'challenge');
  const token = tokenKeys ? await replacementOf(service, iss, 'token') : { retired: 0, changes: [] };
  const detail = { challengeKeys: challenge.retired, tokenKeys: token.retired };
  const entry = { actor, act: 'db.restored', subject: 'keys', detail };
  const isTaken = await takeSteps(service, iss, entry, [...challenge.changes, ...token.changes]);
  if (!isTaken) throw fault('service.conflict');
  return { challenge: challenge.retired, token: token.retired };
}

async function replacementOf(service: Installation, iss: string, use: KeyUse) {
  const rows = await service.store.keys(iss, use);
  const live = rows.filter(({ state }) => state !== 'gone');
  const steps = [{ step: 'create', state: 'active' } as const, ...live.map(endOf)];
  return { retired: live.length, changes: await prepareSteps(service, iss, use, rows, steps) };
}

function endOf({ kid, state: from }: KeyRow): RotationStep {
  return { step: 'move', kid, from, to: 'gone' };
}
