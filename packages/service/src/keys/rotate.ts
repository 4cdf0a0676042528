import type { KeyUse } from '@assay/core';
import { planRevocation, planRotation, ROTATION_TIMES } from '@assay/tokens';
import type { Actor } from '../admin/act.ts';
import type { Installation } from '../context.ts';
import { fault } from '../fault.ts';
import { withoutForeignSuccessors } from './issuer-keys.ts';
import { type KeyChange, prepareSteps, takeSteps } from './steps.ts';

/**
 * Keys that rotate by themselves. The reply key does not: clients trust it through a root document, which a person signs;
 * the record key does not either, since records are compared across years.
 */
const ROTATING = ['token', 'challenge'] as const satisfies readonly KeyUse[];

/** Takes every step that is due now; returns how many this process took. Losing a race to another replica is fine. */
export async function rotateKeys(service: Installation, actor: Actor, iss: string): Promise<number> {
  const changes: KeyChange[] = [];
  for (const use of ROTATING) {
    const rows = await service.store.keys(iss, use);
    const ours = await withoutForeignSuccessors(service.kek, rows);
    const plan = planRotation(ours, ROTATION_TIMES[use], service.clock());
    changes.push(...(await prepareSteps(service, iss, use, rows, plan)));
  }
  const steps = changes.length;
  if (steps === 0) return 0;
  const entry = { actor, act: 'keys.rotate', subject: ROTATING.join(' '), detail: { steps } };
  return (await takeSteps(service, iss, entry, changes)) ? steps : 0;
}

/**
 * Takes a compromised token key out at once; its successor signs from now on.
 *
 * @throws ConfigError `tokens.key_ring_invalid` for a key that is not there or gone already; RequestError
 * `service.conflict` when a rotation came between
 */
export async function revokeTokenKey(service: Installation, actor: Actor, iss: string, kid: string): Promise<void> {
  const rows = await service.store.keys(iss, 'token');
  const ours = await withoutForeignSuccessors(service.kek, rows);
  const known = rows.filter((row) => row.kid === kid || ours.includes(row)); // a foreign one may be what is revoked
  const changes = await prepareSteps(service, iss, 'token', rows, planRevocation(known, kid));
  const entry = { actor, act: 'keys.revoke', subject: kid, detail: {} };
  if (!(await takeSteps(service, iss, entry, changes))) throw fault('service.conflict');
}
