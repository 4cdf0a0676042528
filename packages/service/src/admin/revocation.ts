import type { Service } from '../context.ts';
import { listedSerials } from '../keys/listed-serials.ts';
import { type Actor, commitChange } from './act.ts';

/**
 * Revokes every active instance of an issuer whose chain holds a certificate of the loaded status list: one look-up for
 * each entry, so it is meant to run once for each version of the list. Without a list nothing happens.
 *
 * @returns how many instances were revoked
 * @throws UpstreamError when the store is away; what was revoked until then stays so, and a second run does the rest
 */
export async function revokeListed({ store, keys, trust }: Service, iss: string): Promise<number> {
  const status = trust.statusList();
  if (status === undefined) return 0;
  const { record } = await keys.of(iss);
  let revoked = 0;
  for (const serial of listedSerials(status.list, iss, record)) {
    for (const jkt of await store.instancesBySerial(iss, serial)) {
      if (await store.setInstanceStatus(iss, jkt, 'revoked')) revoked += 1;
    }
  }
  return revoked;
}

/** Revokes one instance; false when none has this thumbprint. */
export function revokeInstance(service: Service, actor: Actor, iss: string, jkt: string): Promise<boolean> {
  const entry = { actor, act: 'instance.revoke', subject: jkt, detail: {} };
  return commitChange(service, iss, entry, (tables) => tables.setInstanceStatus(iss, jkt, 'revoked'));
}
