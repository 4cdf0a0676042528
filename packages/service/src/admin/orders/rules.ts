import type { OrderEffect, OrderTarget } from '@assay/core';
import { z } from 'zod';
import { NETWORK_FORMS, parseNetwork } from '../../networks.ts';

const DAY = 86_400;

/** What an operator asks for. An install is named by a support code, its key's thumbprint or its lineage. */
export const ORDER_TARGETS = ['support', 'instance', 'lineage', 'signer', 'model', 'network', 'app'] as const;
export type AskedTarget = (typeof ORDER_TARGETS)[number];

interface EffectRule {
  readonly targets: readonly AskedTarget[];
  /** Every order has an end; this is the longest. */
  readonly maxSeconds: number;
}

const INSTALL = ['support', 'instance', 'lineage'] as const;

/**
 * A pass is for single installs alone: for a model it would be a hole for every forger. So is a policy of one's own, and no
 * longer, since a permissive one is a pass by another name.
 */
export const EFFECT_RULES: Readonly<Record<OrderEffect, EffectRule>> = {
  ban: { targets: [...INSTALL, 'signer', 'model', 'network'], maxSeconds: 3_650 * DAY },
  pass: { targets: INSTALL, maxSeconds: 7 * DAY },
  policy: { targets: INSTALL, maxSeconds: 7 * DAY },
  enforce_off: { targets: ['app'], maxSeconds: DAY },
};

/** How a value of each kind is written; undefined for one that is not. Support codes and thumbprints are looked up. */
export const VALUE_FORMS: Readonly<Record<OrderTarget, (text: string) => string | undefined>> = {
  lineage: (text) => (/^[A-Za-z0-9_-]{22}$/.test(text) ? text : undefined),
  signer: (text) => (/^[0-9a-f]{64}$/.test(text) ? text : undefined),
  model: (text) => (/^[\x20-\x7e]{1,100}$/.test(text) ? text : undefined),
  network: parseNetwork,
  app: (text) => text,
};

/** The same, for people. */
export const VALUE_TEXTS: Readonly<Record<OrderTarget, string>> = {
  lineage: '22 signs of base64url, as an appraisal names it',
  signer: 'SHA-256 of the signing certificate, 64 lower-case hex digits',
  model: 'the model as the evidence names it',
  network: NETWORK_FORMS,
  app: 'the id of a registered app',
};

const Reason = z
  .string()
  .trim()
  .min(3)
  .max(500)
  .regex(/^[^\p{Cc}\p{Cf}]*$/u, 'one line of text')
  .describe('Why, for whoever reads the audit log');

export const OrderWish = z
  .strictObject({
    effect: z.enum(['ban', 'pass', 'policy', 'enforce_off']),
    target: z.enum(ORDER_TARGETS),
    value: z.string().min(1).max(255),
    app: z.string().min(1).max(155).optional().describe('Only for this app; default: every app of the issuer'),
    policy: z.string().min(1).max(64).optional().describe('With effect `policy`: the one that judges the install'),
    reason: Reason,
    seconds: z.int().min(60).describe('How long it holds'),
  })
  .meta({ id: 'OrderWish' });

export type OrderWish = z.output<typeof OrderWish>;
