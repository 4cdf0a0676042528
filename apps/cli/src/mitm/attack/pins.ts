import { hash } from 'node:crypto';
import { type PinSet, type RootDocument, signPinSet, signRoot } from '@assay/pins';
import { type EcJwk, generateSigningKey, type SigningKey } from '@assay/tokens';
import { z } from 'zod';
import type { Admin } from '../../admin/client.ts';
import { ENVIRONMENTS } from './hosts.ts';

const DAY = 86_400;
export const PINNED_HOST = 'pinned.assay.test';

const ReplyKey = z.object({
  kid: z.string(),
  jwk: z.object({ kty: z.literal('EC'), crv: z.literal('P-256'), x: z.string(), y: z.string() }),
});

const Published = z.looseObject({ version: z.int() });

export interface LabPins {
  /** What is compiled into the app. */
  readonly root: string;
  readonly earlier: string;
  readonly current: string;
}

/**
 * Signs and publishes root document and pins of an app, and publishes them anew: the first set is what an attacker may have
 * kept. `leaked` is a second reply key that he holds.
 */
export async function publishLabPins(admin: Admin, app: string, leaked: SigningKey, now: number): Promise<LabPins> {
  const reply = await admin.get(`apps/${app}/reply-key`, ReplyKey);
  const [root, pins] = [generateSigningKey().key, generateSigningKey().key];
  const document = rootOf(app, { root, pins }, [reply, { kid: leaked.kid, jwk: leaked.publicJwk }], now);
  const rootText = await signRoot(document, [root]);
  await admin.post(`apps/${app}/root`, { document: rootText }, Published);
  const publish = async (v: number): Promise<string> => {
    const set = await signPinSet(setOf(app, v, now), [pins], { root: document, now });
    await admin.post(`apps/${app}/pins`, { document: set }, Published);
    return set;
  };
  return { root: rootText, earlier: await publish(1), current: await publish(2) };
}

interface NamedKey {
  readonly kid: string;
  readonly jwk: EcJwk;
}

function rootOf(
  app: string,
  { root, pins }: Readonly<Record<'root' | 'pins', SigningKey>>,
  replies: readonly NamedKey[],
  now: number,
): RootDocument {
  const iat = Math.floor(now / 1000);
  const role = (keys: readonly NamedKey[]) => ({
    keys: new Map(keys.map(({ kid, jwk }) => [kid, jwk] as const)),
    threshold: 1,
  });
  const own = ({ kid, publicJwk }: SigningKey) => role([{ kid, jwk: publicJwk }]);
  return {
    ...{ app, env: ENVIRONMENTS.app, v: 1, epoch: 1, iat, exp: iat + 365 * DAY },
    roles: { root: own(root), pins: own(pins), reply: role(replies) },
  };
}

/** One host with two pins that are other ones in every version. */
function setOf(app: string, v: number, now: number): PinSet {
  const iat = Math.floor(now / 1000);
  const spki = ['pinned', 'backup'].map((name) => hash('sha256', `${name} ${v}`, 'base64'));
  return {
    ...{ app, env: ENVIRONMENTS.app, epoch: 1, v, iat, nbf: iat, exp: iat + 60 * DAY, refresh: DAY, on_expiry: 'keep' },
    hosts: [{ h: PINNED_HOST, sub: false, mode: 'enforce', exp: iat + 60 * DAY, spki }],
  };
}
