import type { Appraisal, Redemption } from '@assay/core';
import { isAdmitted, isAtLeast, knownValue } from '@assay/core';
import { tellDecision } from '../../attest/accept.ts';
import type { Assessment } from '../../attest/assessment.ts';
import { issueFor } from '../../attest/issue.ts';
import { keepReceipt } from '../../attest/receipts.ts';
import { type Message, toAppraisal } from '../../attest/record.ts';
import { refusalOf } from '../../attest/reply.ts';
import type { Stopwatch } from '../../attest/stopwatch.ts';
import { decide } from '../../decide/decide.ts';
import { fault } from '../../fault.ts';
import type { ApiDocument } from '../../registry/documents.ts';
import type { FacadeScene } from './scene.ts';

/**
 * What an exchange comes to. `refused`: for good, as far as this key goes. `deferred`: refused, and a new key would change
 * nothing. `crossed`: another request was first. `key_unknown`: the row of a key that was attested is not there.
 */
export type Exchanged =
  | {
      readonly outcome: 'issued';
      readonly token: string;
      readonly lifetimeSeconds: number;
      /** Thumbprint of the key, which names the instance. */
      readonly jkt: string;
      readonly support: string;
    }
  | { readonly outcome: 'refused' | 'deferred' | 'crossed' | 'key_unknown'; readonly support: string };

/** One exchange under way. */
export interface Exchange {
  readonly scene: FacadeScene;
  readonly api: ApiDocument;
  /** The client wants a token for one call. */
  readonly limitedUse: boolean;
  readonly watch: Stopwatch;
}

/** Life of a token for one call, in seconds. */
const LIMITED_USE_SECONDS = 300;

/**
 * Decides, commits and issues. Only what was committed is answered, and once: the token is bound to no key, so whoever repeats
 * a request must not get another one.
 *
 * @throws RequestError `service.challenge_used`; EvidenceError `service.*` when the transaction met another that was first;
 * ConfigError, UpstreamError
 */
export async function conclude(
  { scene, api, limitedUse, watch }: Exchange,
  message: Message,
  assessment: Assessment,
  redemption: Redemption,
): Promise<Exchanged> {
  const { service, issuer } = scene;
  const decision = await decide(scene, assessment);
  watch.end('policy');
  const appraisal = toAppraisal(scene, message, assessment, decision, watch.readings());
  const outcome = await service.store.accept({
    ...{ iss: issuer.iss, redemption, maxReissues: 0, change: assessment.change, appraisal, deliveries: [] },
    ...(assessment.grant === undefined ? {} : { grant: assessment.grant }),
    ...(decision.bans.length === 0 ? {} : { orders: decision.bans }),
  });
  watch.end('store');
  if (outcome.outcome === 'repeated') throw fault('service.challenge_used');
  if (outcome.outcome !== 'accepted') throw fault(`service.${outcome.outcome}`);
  await keepReceipt(scene, assessment);
  const isIssued = isAdmitted(appraisal.verdict);
  service.events.emit({ type: 'appraisal', appraisal, result: isIssued ? 'ok' : 'refused', timings: watch.readings() });
  tellDecision(scene, decision);
  if (!isIssued) return { outcome: await refusedFor(scene, appraisal), support: appraisal.support };
  const lifetimeSeconds = limitedUse ? Math.min(LIMITED_USE_SECONDS, api.lifetime) : api.lifetime;
  const token = bearerToken(scene, api, appraisal, assessment, lifetimeSeconds);
  return { outcome: 'issued', token, lifetimeSeconds, jkt: appraisal.jkt, support: appraisal.support };
}

/** The client drops a key that was refused for good, and attests a new one at once: only where that may help, or nothing does. */
async function refusedFor(scene: FacadeScene, { verdict }: Appraisal): Promise<'refused' | 'deferred'> {
  const { action } = await refusalOf(scene, verdict);
  return action === 'reenroll' || action === 'stop' ? 'refused' : 'deferred';
}

/** Bound to no key, so it says no more than `low`, and of a key's protection the least. */
function bearerToken(
  scene: FacadeScene,
  api: ApiDocument,
  { facts, verdict, lineage }: Appraisal,
  { vat, fat }: Assessment,
  lifetimeSeconds: number,
): string {
  const platform = knownValue(facts.platform) ?? 'dev';
  scene.service.events.emit({ type: 'token', iss: scene.issuer.iss, platform, assurance: 'low' });
  return issueFor(scene, api, {
    ...{ type: 'at+jwt', key: undefined, platform, keyProtection: 'software', lineage, lifetimeSeconds },
    verdict: { ...verdict, assurance: 'low' },
    appVersion: knownValue(facts.app.build) ?? 'unknown',
    attestedAt: vat,
    freshAt: fat,
  });
}

/** The API of the facade. @throws ConfigError `service.facade_api_unfit` */
export async function apiOf({ service, issuer, facade }: FacadeScene): Promise<ApiDocument> {
  const api = await service.registry.api(issuer.iss, facade.audience);
  if (api?.shape !== 'at+jwt' || !isAtLeast('low', api.minimum)) {
    throw fault('service.facade_api_unfit', { found: facade.audience });
  }
  return api;
}
