import type { DevGrant } from '@assay/core';
import { importEcKey } from '@assay/tokens';
import { z } from 'zod';
import type { Service } from '../context.ts';
import { fault } from '../fault.ts';
import type { Issuer } from '../issuers.ts';
import { type Actor, commitAct, commitChange } from './act.ts';
import { sortableId } from './ids.ts';

const DAY = 86_400;

const Coordinate = z.string().regex(/^[A-Za-z0-9_-]{43}$/, '32 bytes as base64url');
const PublicKey = z.strictObject({ kty: z.literal('EC'), crv: z.literal('P-256'), x: Coordinate, y: Coordinate });

export const GrantWish = z
  .strictObject({
    app: z.string().min(1).max(155),
    label: z
      .string()
      .trim()
      .min(1)
      .max(80)
      .regex(/^[^\p{Cc}\p{Cf}]*$/u, 'one line of text')
      .describe('Who enrols by it, for example `CI of the bank app`'),
    uses: z.int().min(1).max(100_000),
    seconds: z
      .int()
      .min(60)
      .max(90 * DAY),
    jwk: PublicKey.describe('Public half of the key that signs the evidence'),
  })
  .meta({ id: 'GrantWish' });

export type GrantWish = z.output<typeof GrantWish>;

/**
 * Lets whoever holds a key enrol by `dev` evidence, so many times and for so long: simulators and CI, in development alone.
 *
 * @throws RequestError `service.app_unknown`, `service.grant_refused`, `tokens.key_invalid`
 */
export async function giveGrant(service: Service, actor: Actor, issuer: Issuer, wish: GrantWish): Promise<DevGrant> {
  const app = await service.registry.app(issuer.iss, wish.app);
  if (app === undefined) throw fault('service.app_unknown', { found: wish.app });
  if (issuer.kind !== 'development') throw fault('service.grant_refused', { found: `kind ${issuer.kind}` });
  if (!app.dev)
    throw fault('service.grant_refused', { expected: '`dev: true` in the registered app', found: wish.app });
  importEcKey(wish.jwk);
  const createdAt = service.clock();
  const grant: DevGrant = {
    ...{
      iss: issuer.iss,
      id: sortableId(service),
      app: wish.app,
      label: wish.label,
      publicJwk: JSON.stringify(wish.jwk),
    },
    ...{ uses: 0, maxUses: wish.uses, createdAt, expiresAt: createdAt + wish.seconds * 1_000, revokedAt: null },
  };
  const { id, app: subject, label, maxUses, expiresAt } = grant;
  await commitAct(
    service,
    [issuer.iss],
    async (tables) => {
      if (!(await tables.addGrant(grant))) throw fault('service.conflict');
    },
    () => ({ actor, act: 'grant.give', subject: id, detail: { app: subject, label, maxUses, expiresAt } }),
  );
  return grant;
}

/** Ends a grant. @throws RequestError `service.grant_unknown` when none is in force under this id */
export async function revokeGrant(service: Service, actor: Actor, { iss }: Issuer, id: string): Promise<void> {
  const at = service.clock();
  const entry = { actor, act: 'grant.revoke', subject: id, detail: {} };
  const isRevoked = await commitChange(service, iss, entry, (tables) => tables.revokeGrant(iss, id, at));
  if (!isRevoked) throw fault('service.grant_unknown');
}
