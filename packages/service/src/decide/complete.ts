import { ABSENT, type Facts, knownValue, proven, provenValue } from '@assay/core';
import { mergeThreats, provenThreats, threatsOf } from '@assay/policy';
import type { Assessment } from '../attest/assessment.ts';
import type { Scene } from '../attest/situation.ts';
import { banMarkOf } from '../marks/bits.ts';
import type { MarkWish } from '../marks/wish.ts';
import { riskMetricOf } from '../receipts/metric.ts';

const HOUR_MS = 3_600_000;
const SERVER = 'assay';

/**
 * Facts of the evidence, and what the server itself knows beside it.
 *
 * @param mark a mark that is taken back with this very message marks nobody any more
 */
export async function completeWith(scene: Scene, assessment: Assessment, mark: MarkWish = 'keep'): Promise<Facts> {
  const { at } = scene;
  const { facts, outages } = assessment;
  const known: Facts = {
    ...facts,
    app: { ...facts.app, releasedHours: proven(releasedHours(scene, facts), SERVER) },
    history: {
      attestedHours: proven(hoursBetween(assessment.vat, at), SERVER),
      freshHours: proven(hoursBetween(assessment.fat, at), SERVER),
      riskMetric: await riskMetric(scene, assessment),
      silentProviders: proven(assessment.silent, SERVER),
      advisories: proven(advisories(scene, facts), SERVER),
      banMark: banMark(scene, facts, mark),
    },
    degraded: [...new Set([...facts.degraded, ...outages.map(({ name }) => name), ...unaskedLists(scene, facts)])],
  };
  return { ...known, threats: threats(scene, known) };
}

const hoursBetween = (then: number, now: number): number => Math.max(0, Math.floor((now - then) / HOUR_MS));

/** Only of a build that is proven: an app cannot claim to be new. */
function releasedHours({ app, at }: Scene, facts: Facts): number | undefined {
  const build = provenValue(facts.app.build);
  const release = app.releases.find((each) => each.build === build);
  return release === undefined ? undefined : hoursBetween(Date.parse(release.at), at);
}

/** Asked for where receipts are renewed at all, and not of a key that was attested a moment ago. */
async function riskMetric({ service, issuer, app }: Scene, { attestedKey, format, change }: Assessment) {
  const isKept = service.vendors.appleReceipt !== undefined && format === 'apple-app-attest' && change.kind !== 'enrol';
  return isKept ? riskMetricOf(service, issuer.iss, app.id, attestedKey) : ABSENT;
}

function advisories({ service, sdk }: Scene, facts: Facts): readonly string[] | undefined {
  return service.trust.advisories()?.matching(facts, sdk);
}

function banMark({ app }: Scene, facts: Facts, mark: MarkWish): Facts['history']['banMark'] {
  const found = banMarkOf(app, facts);
  return mark === 'clear' && found.known === 'proven' ? proven(false, SERVER) : found;
}

/** Lists that should have been looked into and could not. Chains alone can be revoked; advisories concern everybody. */
function unaskedLists({ service }: Scene, { chain }: Facts): readonly string[] {
  return [
    ...(knownValue(chain.revocation) === 'not_checked' ? ['revocation_not_checked'] : []),
    ...(service.trust.advisoriesAreMissing() ? ['revocation_advisories_missing'] : []),
  ];
}

function threats({ app, at }: Scene, facts: Facts): Facts['threats'] {
  const quarantine = app.quarantine.map(({ provider, signal, reason, versions, osBuilds, until }) => ({
    ...{ provider, signal, reason },
    ...(versions === undefined ? {} : { versions }),
    ...(osBuilds === undefined ? {} : { osBuilds }),
    ...(until === undefined ? {} : { until: Date.parse(until) }),
  }));
  const scene = {
    ...{ at, quarantine, platform: knownValue(facts.platform) },
    ...{ osBuild: knownValue(facts.device.osBuild), osVersion: knownValue(facts.device.osVersion) },
  };
  return mergeThreats(provenThreats(facts, { signers: signersOf(app) }), threatsOf(facts.signals, scene).threats);
}

/** Signers of genuine copies, whatever store they come from. */
function signersOf({ android, huawei, harmony }: Scene['app']): readonly string[] {
  const copies = [android?.packages, huawei?.packages, harmony?.bundles].flatMap((each) => each ?? []);
  return copies.flatMap(({ signers }) => signers.map(({ sha256 }) => sha256));
}
