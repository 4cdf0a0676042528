import type { PinSet } from '@assay/pins';
import { z } from 'zod';
import { Time } from '../cases/members.ts';

const DAY_S = 86_400;
const DEFAULT_DAYS = 180;

const Seconds = Time.transform((ms) => Math.floor(ms / 1000));

const Host = z.strictObject({
  h: z.string(),
  sub: z.boolean().default(false),
  mode: z.enum(['enforce', 'monitor']).default('enforce'),
  exp: Seconds.optional(),
  spki: z.array(z.string()),
  revoked: z.array(z.string()).exactOptional(),
});

/** A pin set as its publisher writes it: times in ISO 8601, and only what cannot be filled in. */
export const SetFile = z.strictObject({
  hosts: z.array(Host).min(1),
  v: z.int().min(1).optional(),
  nbf: Seconds.optional(),
  exp: Seconds.optional(),
  refresh: z.int().default(DAY_S),
  on_expiry: z.enum(['keep', 'block', 'system']).default('keep'),
  report_to: z.string().exactOptional(),
});

export type SetFile = z.output<typeof SetFile>;

/** Where and when the set will stand. */
export interface SetPlace {
  readonly app: string;
  readonly env: string;
  readonly epoch: number;
  readonly nextVersion: number;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** The whole set: app, environment and epoch of the root document, the next version, and half a year unless it says more. */
export function completeSet({ hosts, v, nbf, exp, ...kept }: SetFile, place: SetPlace): PinSet {
  const { app, env, epoch, nextVersion, now } = place;
  const iat = Math.floor(now / 1000);
  const end = exp ?? iat + DEFAULT_DAYS * DAY_S;
  return {
    ...{ app, env, epoch, v: v ?? nextVersion, iat, nbf: nbf ?? iat, exp: end },
    ...kept,
    hosts: hosts.map((host) => ({ ...host, exp: host.exp ?? end })),
  };
}
