import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { UpstreamError } from '@assay/core';
import { createMetrics } from '@assay/http';
import { APP, BASE, createHttpWorld, JSON_TYPE, prepareEnrolment, registerApp } from '../support/world.ts';

/** Names that dashboards and alerts are built on, with their labels. */
const METRICS: Readonly<Record<string, readonly string[]>> = {
  assay_attestations_total: ['platform', 'evidence', 'verdict', 'reason'],
  assay_attestation_duration_seconds: ['phase'],
  assay_challenges_total: ['result'],
  assay_tokens_issued_total: ['platform', 'assurance'],
  assay_secret_deliveries_total: ['secret', 'result'],
  assay_policy_shadow_disagreements_total: ['policy', 'shadow', 'would'],
  assay_policy_shadow_faults_total: ['policy', 'reason'],
  assay_automatic_bans_total: ['rule', 'target'],
  assay_ban_marks_total: ['vendor', 'outcome'],
  assay_reappraisals_total: ['cause', 'verdict'],
  assay_revocation_list_age_seconds: ['source'],
  assay_build_info: ['version'],
};

describe('metrics', () => {
  it('have their names and labels, and nothing that a client chooses', async () => {
    const world = await createHttpWorld();
    await registerApp(world);
    const { operate, publicApp, operatorApp } = world;
    await operate('PUT', `/admin/v1${BASE}/apps/${APP.package}/secrets/maps`, { value: 'AAAA' });
    const { body } = await prepareEnrolment(world);
    await publicApp.inject({ method: 'POST', url: `${BASE}/v1/attest`, headers: JSON_TYPE, payload: body });
    await publicApp.inject({ method: 'POST', url: `${BASE}/v1/attest`, headers: JSON_TYPE, payload: '{"made-up":1}' });
    world.hands.now += 400_000;
    const late = await prepareEnrolment(world);
    world.hands.now += 400_000;
    await publicApp.inject({ method: 'POST', url: `${BASE}/v1/attest`, headers: JSON_TYPE, payload: late.body });
    const response = await operatorApp.inject({ url: '/metrics', headers: { host: 'localhost' } });
    const text = response.body;
    const names = [...text.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name ?? '');
    assert.deepEqual(names.toSorted(), Object.keys(METRICS).toSorted());
    for (const [, name = '', labels = ''] of text.matchAll(/^(assay_\w+?)(?:_bucket|_sum|_count)?\{([^}]*)\}/gm)) {
      const found = [...labels.matchAll(/(\w+)="/g)].map(([, label]) => label).filter((label) => label !== 'le');
      assert.deepEqual(found.toSorted(), METRICS[name]?.toSorted(), name);
    }
    for (const phase of ['parse', 'verify', 'evidence', 'policy', 'store', 'reply', 'total']) {
      assert.match(text, new RegExp(`phase="${phase}"`));
    }
    assert.match(text, /assay_challenges_total\{result="issued"\} \d/);
    assert.match(text, /assay_challenges_total\{result="tokens\.challenge_expired"\} 1/);
    assert.ok(!text.includes('made-up') && !text.includes(late.instance.jkt));
  });

  it('count what only watched policies would have done, and what rules ban', async () => {
    const { events } = (await createHttpWorld()).service;
    const metrics = createMetrics({ events, version: '1', statusListAt: () => undefined, clock: Date.now });
    const where = { iss: 'x', app: 'bank' };
    events.emit({ type: 'disagreement', ...where, enforced: 'house@1', shadow: 'strict@1', would: 'refuse' });
    events.emit({ type: 'shadow_fault', ...where, policy: 'gone', code: 'service.policy_unknown' });
    const end = { createdAt: 0, expiresAt: 1, endedAt: null, author: 'policy:house/leaked', reason: 'leaked' };
    const order = { id: '0', effect: 'ban', target: 'lineage', value: 'A', policy: null, ...where, ...end } as const;
    events.emit({ type: 'ban', order });
    events.emit({ type: 'ban_mark', ...where, lineage: 'l1', vendor: 'device_check', outcome: 'set' });
    const text = await metrics.text();
    assert.match(
      text,
      /^assay_policy_shadow_disagreements_total\{policy="house@1",shadow="strict@1",would="refuse"\} 1$/m,
    );
    assert.match(text, /^assay_policy_shadow_faults_total\{policy="gone",reason="service\.policy_unknown"\} 1$/m);
    assert.match(text, /^assay_ban_marks_total\{vendor="device_check",outcome="set"\} 1$/m);
    assert.match(text, /^assay_automatic_bans_total\{rule="policy:house\/leaked",target="lineage"\} 1$/m);
  });

  it('count stored appraisals that were judged again', async () => {
    const { events } = (await createHttpWorld()).service;
    const metrics = createMetrics({ events, version: '1', statusListAt: () => undefined, clock: Date.now });
    const verdict = { tier: 'contraindicated', assurance: 'none', reasons: [], policy: 'strict@1', trace: [] } as const;
    const reappraisal = { iss: 'x', id: 'r', appraisal: 'a', at: 0, cause: 'advisory', verdict };
    events.emit({ type: 'reappraisal', reappraisal, app: 'bank', before: 'affirming' });
    assert.match(await metrics.text(), /^assay_reappraisals_total\{cause="advisory",verdict="contraindicated"\} 1$/m);
  });

  it('are there in an outage, but for those that cannot be read', async () => {
    const { events } = (await createHttpWorld()).service;
    const metrics = createMetrics({ events, version: '1', statusListAt: () => undefined, clock: Date.now });
    let isAway = false;
    metrics.gauges('assay_stored', 'Of the store', ['app'], async () => {
      if (isAway) throw new UpstreamError('store.unavailable', 'the database cannot be reached', true);
      return [{ labels: { app: 'bank' }, value: 3 }];
    });
    assert.match(await metrics.text(), /^assay_stored\{app="bank"\} 3$/m);
    isAway = true;
    const text = await metrics.text();
    assert.match(text, /^assay_build_info\{version="1"\} 1$/m);
    assert.ok(!text.includes('bank'));
    metrics.gauges('assay_wrong', 'A fault of ours', [], () => Promise.reject(new TypeError('wrong')));
    await assert.rejects(metrics.text(), TypeError);
  });
});
