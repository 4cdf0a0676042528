import type { Installation } from '../context.ts';
import { type Actor, commitAct } from './act.ts';
import { createCredential, type Scope } from './credentials.ts';

type Ports = Pick<Installation, 'store' | 'clock' | 'random' | 'issuers'>;

interface Wish {
  readonly id: string;
  readonly scopes: readonly Scope[];
  /** Epoch milliseconds, or null for a credential without an end. */
  readonly expiresAt: number | null;
}

/** Makes a credential and says so in every issuer's chain, since it opens them all. The token is returned once. */
export function admitOperator(
  service: Ports,
  actor: Actor,
  { id, scopes, expiresAt }: Wish,
): Promise<{ readonly token: string } | 'exists'> {
  const { random, clock } = service;
  const detail = { scopes: scopes.join(' '), expiresAt };
  return commitAct(
    service,
    service.issuers.keys(),
    (tables) => createCredential(tables, random, clock, id, scopes, expiresAt),
    (made) => (made === 'exists' ? undefined : { actor, act: 'credential.create', subject: id, detail }),
  );
}

/** Revokes a credential; false when none of this id is active. */
export function dismissOperator(service: Ports, actor: Actor, id: string): Promise<boolean> {
  return commitAct(
    service,
    service.issuers.keys(),
    (tables) => tables.revokeCredential(id, service.clock()),
    (isRevoked) => (isRevoked ? { actor, act: 'credential.revoke', subject: id, detail: {} } : undefined),
  );
}
