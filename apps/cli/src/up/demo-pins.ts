import { generateKeyPairSync, hash } from 'node:crypto';
import { type PinSet, type RootDocument, signPinSet, signRoot } from '@assay/pins';
import { type EcJwk, generateSigningKey } from '@assay/tokens';
import { z } from 'zod';
import type { Admin } from '../admin/client.ts';
import type { DemoApp } from './demo-app.ts';

const DAY = 86_400;

const ReplyKey = z.object({
  kid: z.string(),
  jwk: z.object({ kty: z.literal('EC'), crv: z.literal('P-256'), x: z.string(), y: z.string() }),
});

const Published = z.looseObject({ version: z.int() });

/**
 * Makes root and pins keys, signs a root document and a pin set with them, and publishes both, as the pin publisher would
 * from a machine of its own: the server sees the documents and never a key. Returns the root document's exact text, which
 * is what gets compiled into the app.
 */
export async function publishDemoPins(admin: Admin, { id: app }: DemoApp, env: string, now: number): Promise<string> {
  const path = `apps/${app}`;
  const reply = await admin.get(`${path}/reply-key`, ReplyKey);
  const [root, pins] = [generateSigningKey().key, generateSigningKey().key];
  const iat = Math.floor(now / 1000);
  const role = (kid: string, jwk: EcJwk) => ({ keys: new Map([[kid, jwk]]), threshold: 1 });
  const document: RootDocument = {
    ...{ app, env, v: 1, epoch: 1, iat, exp: iat + 365 * DAY },
    roles: {
      root: role(root.kid, root.publicJwk),
      pins: role(pins.kid, pins.publicJwk),
      reply: role(reply.kid, reply.jwk),
    },
  };
  const rootText = await signRoot(document, [root]);
  await admin.post(`${path}/root`, { document: rootText }, Published);
  const set = await signPinSet(demoSet(app, env, iat), [pins], { root: document, now });
  await admin.post(`${path}/pins`, { document: set }, Published);
  return rootText;
}

/** One host with two pins, one of them the backup. */
function demoSet(app: string, env: string, iat: number): PinSet {
  return {
    ...{ app, env, epoch: 1, v: 1, iat, nbf: iat, exp: iat + 60 * DAY, refresh: DAY, on_expiry: 'keep' },
    hosts: [{ h: 'api.demo.example', sub: false, mode: 'enforce', exp: iat + 60 * DAY, spki: [newPin(), newPin()] }],
  };
}

/** The pin of a key that nobody has: the demo's API speaks clear text on loopback. */
function newPin(): string {
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return hash('sha256', publicKey.export({ format: 'der', type: 'spki' }), 'base64');
}
