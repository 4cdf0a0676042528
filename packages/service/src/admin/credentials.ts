import { createHash } from 'node:crypto';
import type { Clock, Credential, CredentialStore, Random } from '@assay/core';
import { toBase64url, utf8 } from '@assay/formats';
import { z } from 'zod';

/** What an operator credential may do. */
export const SCOPES = [
  'read',
  'apps',
  'policies',
  'orders',
  'grants',
  'pins',
  'secrets',
  'keys',
  'evidence',
  'credentials',
] as const;
export type Scope = (typeof SCOPES)[number];

const ScopeList = z.array(z.enum(SCOPES)).min(1);

export interface Operator {
  readonly id: string;
  readonly scopes: ReadonlySet<Scope>;
}

const PREFIX = 'assay_admin_';

/** Makes a credential; the token is returned once and only its digest is stored. */
export async function createCredential(
  store: CredentialStore,
  random: Random,
  clock: Clock,
  id: string,
  scopes: readonly Scope[],
  expiresAt: number | null,
): Promise<{ readonly token: string } | 'exists'> {
  const token = PREFIX + toBase64url(random(32));
  const row: Credential = {
    id,
    digest: digestOf(token),
    scopes: JSON.stringify(scopes),
    createdAt: clock(),
    expiresAt,
    revokedAt: null,
  };
  return (await store.addCredential(row)) ? { token } : 'exists';
}

/**
 * The operator behind a token, or undefined when it is unknown, expired or revoked. Looking up by digest takes the
 * same path for every token, so timing tells nothing about how much of one is right.
 */
export async function authenticate(store: CredentialStore, now: number, token: string): Promise<Operator | undefined> {
  if (!token.startsWith(PREFIX) || token.length > 128) return undefined;
  const row = await store.credentialByDigest(digestOf(token));
  if (row === undefined || row.revokedAt !== null) return undefined;
  if (row.expiresAt !== null && row.expiresAt <= now) return undefined;
  return { id: row.id, scopes: new Set(ScopeList.parse(JSON.parse(row.scopes))) };
}

function digestOf(token: string): string {
  return toBase64url(createHash('sha256').update(utf8(token)).digest());
}
