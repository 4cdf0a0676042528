// Sealed mode (docs/sealed-mode.md): the reply to an app that cannot tell whether it was refused. Every outcome has the same
// members in the same lengths, and takes the same work; only the API can read what its token says.
import { type Appraisal, isAdmitted, isAtLeast, noFacts } from '@assay/core';
import { type OkReply, signReply } from '@assay/tokens';
import { nextChallenge } from '../challenge.ts';
import { fault } from '../fault.ts';
import { newerPins } from '../pins.ts';
import type { ApiDocument, AppDocument } from '../registry/documents.ts';
import type { Answer } from './answer.ts';
import { assuranceOf } from './issue.ts';
import { replyHead } from './reply-head.ts';
import type { Scene } from './situation.ts';
import { decoyFor, type Freshness, type TokenAsk, tokenFor, tokensOf } from './tokens.ts';

/** What a reply is made of beside its outcome. */
export interface SealedAsk extends TokenAsk {
  readonly jkt: string;
  readonly requestHash: Uint8Array;
  readonly pins: { readonly epoch: number; readonly v: number } | undefined;
}

/** What became of a request, as far as it was appraised. */
export interface SealedOutcome {
  readonly appraisal: Pick<Appraisal, 'facts' | 'lineage' | 'verdict'>;
  readonly freshness: Freshness;
}

/**
 * The reply to whoever asked: tokens for what was admitted, decoys for all else, no secrets for anybody.
 *
 * @param outcome undefined where the evidence did not hold
 * @throws ConfigError `service.encryption_key_missing`, `tokens.*`
 */
export async function answerSealed(
  scene: Scene,
  ask: SealedAsk,
  outcome: SealedOutcome | undefined,
  support: string,
): Promise<Answer> {
  const { service, issuer, app, keys } = scene;
  const reply: OkReply = {
    ...replyHead(scene, ask, support),
    ...(await newerPins(service, issuer.iss, app.id, ask.pins)),
    next: await nextChallenge(service, issuer, app.id, ask.jkt),
    result: 'ok',
    tokens: await tokensOf(scene, ask, (api) => sealedToken(scene, api, ask, outcome)),
  };
  return { status: 200, reply: signReply(reply, keys.reply), support, isSealed: true };
}

function sealedToken(scene: Scene, api: ApiDocument, ask: SealedAsk, outcome: SealedOutcome | undefined) {
  if (api.encryptionKey === undefined) throw fault('service.encryption_key_missing', { found: api.audience });
  const { at } = scene;
  if (outcome === undefined) {
    // Named by its key, so that the API can count what a forger sends.
    const about = { facts: noFacts(), lineage: ask.jkt, policy: 'none@0' };
    return decoyFor(scene, api, ask, about, { vat: at, fat: at });
  }
  const { appraisal, freshness } = outcome;
  const { facts, lineage, verdict } = appraisal;
  const isGood = isAdmitted(verdict) && isAtLeast(assuranceOf(verdict), api.minimum);
  return isGood
    ? tokenFor(scene, api, ask, appraisal, freshness)
    : decoyFor(scene, api, ask, { facts, lineage, policy: verdict.policy }, freshness);
}

/**
 * That every API of a sealed app can be sealed to: looked at before anything is decided, so that no outcome shows.
 *
 * @throws ConfigError `service.encryption_key_missing`
 */
export async function assertSealable(
  { service, issuer }: Pick<Scene, 'service' | 'issuer'>,
  app: AppDocument,
  audiences: readonly string[],
): Promise<void> {
  if (app.refusals !== 'sealed') return;
  const apis = await Promise.all(audiences.map((audience) => service.registry.api(issuer.iss, audience)));
  const open = apis.find((api) => api !== undefined && api.encryptionKey === undefined);
  if (open !== undefined) throw fault('service.encryption_key_missing', { found: open.audience });
}
