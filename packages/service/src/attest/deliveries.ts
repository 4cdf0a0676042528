import type { Appraisal, Delivery, SecretRow, Verdict } from '@assay/core';
import { toBase64url } from '@assay/formats';
import { mayDeliver, openSecret, sealBox } from '@assay/secrets';
import { SecretRule } from '../registry/documents.ts';
import { parseDocument } from '../registry/registry.ts';
import type { Situation } from './situation.ts';

/** A secret that the app asked for and that this verdict allows. */
export interface PlannedDelivery {
  readonly row: SecretRow;
  readonly rule: SecretRule;
}

/** What one reply holds, and what it has no room for: that is reported as not delivered, and no count of it moves. */
export interface DeliveryPlan {
  readonly fitting: readonly PlannedDelivery[];
  readonly tooMany: readonly PlannedDelivery[];
}

/** Characters of a reply's payload that secrets may take; tokens, pins and the next challenge need the rest. */
const MAX_BOXES_CHARACTERS = 64 * 1024;
/** Header, wrapped key and tag of a box, beside the value, which is no longer in a box than at rest. */
const BOX_OVERHEAD_CHARACTERS = 1_024;

/**
 * Which of the secrets that the app asks for this verdict allows. Names that do not exist are passed over in silence; a sealed app
 * gets none, since whoever lacks one would know that it was refused.
 */
export async function planDeliveries(
  { service, issuer, app, request }: Situation,
  verdict: Verdict,
): Promise<DeliveryPlan> {
  const wanted = request.statement.want.secrets ?? [];
  if (wanted.length === 0 || app.refusals === 'sealed') return { fitting: [], tooMany: [] };
  const rows = await service.store.currentSecrets(issuer.iss, app.id);
  const allowed = rows
    .filter(({ name }) => wanted.includes(name))
    .map((row): PlannedDelivery => ({ row, rule: parseDocument(SecretRule, row.rule, `rule of secret ${row.name}`) }))
    .filter(({ rule }) => mayDeliver(rule, verdict));
  return thoseThatFit(allowed);
}

/** The first ones, as many as one reply holds. */
function thoseThatFit(planned: readonly PlannedDelivery[]): DeliveryPlan {
  let room = MAX_BOXES_CHARACTERS;
  const first = planned.findIndex(({ row }) => {
    room -= row.sealed.length + BOX_OVERHEAD_CHARACTERS;
    return room < 0;
  });
  const end = first < 0 ? planned.length : first;
  return { fitting: planned.slice(0, end), tooMany: planned.slice(end) };
}

/** The counts that the accepting transaction checks: one lineage gets each secret so many times a day. */
export function toDelivery({ row, rule }: PlannedDelivery, lineage: string, at: number): Delivery {
  return { lineage, secret: row.name, version: row.version, day: dayOf(at), max: rule.maxPerDay };
}

const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

/**
 * Of the planned secrets, those that the first answer of this appraisal counted: a repeated answer counts nothing, so it
 * must not hold what the daily limit kept back. At the limit itself that cannot be told, and the secret stays out.
 */
export async function onceDelivered(
  { service, issuer }: Situation,
  { lineage, at }: Appraisal,
  planned: readonly PlannedDelivery[],
): Promise<readonly PlannedDelivery[]> {
  if (planned.length === 0) return [];
  const counts = await service.store.deliveries(issuer.iss, lineage, dayOf(at));
  const timesOf = ({ row }: PlannedDelivery) =>
    counts.find(({ secret, version }) => secret === row.name && version === row.version)?.times ?? 0;
  return planned.filter((each) => timesOf(each) > 0 && timesOf(each) < each.rule.maxPerDay);
}

/** Seals each secret to the key E of this very request. Boxes are made for one reply and never stored. */
export async function sealDeliveries(
  { service, issuer, request, at }: Situation,
  planned: readonly PlannedDelivery[],
): Promise<Readonly<Record<string, string>>> {
  const boxes = planned.map(async ({ row, rule }) => {
    const plaintext = await openSecret(service.kek, row.sealed, row);
    const box = await sealBox({
      ...{ recipient: request.encryptionKey, name: row.name, version: row.version, iss: issuer.iss, plaintext },
      exp: Math.floor(at / 1000) + rule.lifetime,
      rqh: toBase64url(request.requestHash),
      jktK: request.jkt,
    });
    plaintext.fill(0);
    return [row.name, box] as const;
  });
  return Object.fromEntries(await Promise.all(boxes));
}
