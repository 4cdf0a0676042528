import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Appraisal, Order } from '@assay/core';
import { setSecret } from '@assay/service';
import {
  API,
  APP,
  createTestPhone,
  createTestWorld,
  ISSUER,
  payloadOf,
  registerApp,
  registerPolicy,
  send,
  type TestWorld,
  withCode,
  withStatusList,
} from '../support/world.ts';

const REFUSED = ['unlocked-bootloader'] as const;

/** A policy in one line for what it tests: everybody passes who `holds`. */
const policyText = (holds: string, more = '') => `assay: policy/1
name: house
description: A test.
${more}rules:
  - id: platform
    require: platform in ["ios", "android"]
    otherwise: { tier: none, code: policy.platform_unproven }
    why: A test.
  - id: tested
    require: ${holds}
    known: claimed
    otherwise: { tier: contraindicated, code: custom.tested, class: version, action: update_app }
    why: A test.
assurance:
  - level: high
    when: platform in ["ios", "android"]
`;
const NOBODY = policyText('platform == "dev"');
const EVERYBODY = policyText('platform != "dev"');

let orders = 0;

async function order(world: TestWorld, effect: Order['effect'], change: Partial<Order>): Promise<string> {
  orders += 1;
  const id = `order-${`${orders}`.padStart(4, '0')}`; // sorts by time, as ids do
  const { store, hands } = world;
  const base = { iss: ISSUER.iss, id, effect, target: 'lineage', value: '', app: null, policy: null } as const;
  const written = { ...base, reason: 'a test', author: 'ann', createdAt: hands.now, expiresAt: null, endedAt: null };
  assert.ok(await store.addOrder({ ...written, ...change }));
  return id;
}

function newest({ events }: TestWorld): Appraisal {
  const event = events.findLast(({ type }) => type === 'appraisal');
  assert.ok(event?.type === 'appraisal');
  return event.appraisal;
}

interface Claims {
  readonly acr: string;
  readonly att: Readonly<Record<string, unknown>>;
}

async function claimsOf(answer: Awaited<ReturnType<typeof send>>): Promise<Claims> {
  assert.ok(answer.body.result === 'ok', JSON.stringify(answer.body));
  return payloadOf<Claims>(answer.body.tokens[API]?.value ?? '');
}

describe('a roll-out', () => {
  it('lets refused instances through before it enforces, by a token that says so and without secrets', async () => {
    const world = await createTestWorld();
    const rule = { minimum: 'low', maxPerDay: 9, lifetime: 900, onWarning: true } as const;
    await setSecret(world.service, 'ann', ISSUER, APP.package, 'maps', new Uint8Array([1]), rule);
    for (const stage of ['off', 'monitor', 'soft'] as const) {
      await registerApp(world, ISSUER.iss, { rollout: { stage } });
      const answer = await createTestPhone(world, 'android', REFUSED).ask('enrol', { secrets: ['maps'] });
      const { acr, att } = await claimsOf(answer);
      assert.deepEqual([acr, att['tier'], att['stg']], ['urn:assay:app:low', 'warning', stage]);
      assert.deepEqual(answer.body.result === 'ok' && answer.body.secrets, {});
      const { verdict, record } = newest(world);
      assert.deepEqual([verdict.tier, verdict.admitted], ['contraindicated', stage]);
      assert.deepEqual(record.rollout, { stage, percent: 100 });
    }
  });

  it('says nothing of instances that pass anyway', async () => {
    const world = await createTestWorld({ rollout: { stage: 'monitor' } });
    const { att } = await claimsOf(await createTestPhone(world, 'ios').ask('enrol'));
    assert.deepEqual([att['tier'], att['stg']], ['affirming', undefined]);
  });

  it('holds for a share of the instances, each time the same', async () => {
    const world = await createTestWorld({ rollout: { stage: 'enforce', percent: 50 } });
    const phone = createTestPhone(world, 'android', REFUSED);
    const prepared = await phone.prepare('enrol');
    const first = await send(world, prepared);
    phone.instance = prepared.instance;
    for (let times = 0; times < 3; times++) {
      assert.equal((await send(world, await phone.prepare('refresh'))).status, first.status);
    }
    await registerApp(world, ISSUER.iss, { rollout: { stage: 'enforce', percent: 0 } });
    assert.equal(newest(world).record.rollout?.percent, 50);
    const { att } = await claimsOf(await phone.ask('refresh'));
    assert.equal(att['stg'], 'unsampled');
  });
});

describe('orders', () => {
  it('rest an app’s policy, loudly and until they end', async () => {
    const world = await createTestWorld();
    const expiresAt = world.hands.now + 60_000;
    const id = await order(world, 'enforce_off', { target: 'app', value: APP.package, app: APP.package, expiresAt });
    const phone = createTestPhone(world, 'android', REFUSED);
    const { att } = await claimsOf(await phone.ask('enrol'));
    assert.equal(att['stg'], 'enforce_off');
    assert.deepEqual(newest(world).record.orders, [id]);
    world.hands.now += 60_001;
    assert.equal((await phone.ask('refresh')).status, 403);
  });

  it('ban from the next refresh on, also after a rekey: attack 45', async () => {
    const world = await createTestWorld();
    const phone = createTestPhone(world, 'ios');
    assert.equal((await phone.ask('enrol')).status, 200);
    const { lineage } = newest(world);
    const id = await order(world, 'ban', { value: lineage });
    const refused = await phone.ask('refresh');
    assert.ok(refused.body.result === 'refused' && refused.body.action === 'stop' && refused.body.class === 'device');
    const rekeyed = await phone.ask('rekey');
    assert.equal(rekeyed.status, 403);
    const banned = newest(world);
    assert.deepEqual(
      [banned.lineage, banned.verdict.reasons, banned.record.orders],
      [lineage, ['service.banned'], [id]],
    );
    assert.ok(await world.store.endOrder(ISSUER.iss, id, world.hands.now));
    world.hands.now += 1;
    assert.equal((await createTestPhone(world, 'ios').ask('enrol')).status, 200);
  });

  it('ban by signer, model and network, of one app or of all', async () => {
    for (const [target, value] of [
      ['signer', APP.signer],
      ['network', '192.0.2.0/24'],
      ['network', '192.0.2.7/32'],
    ] as const) {
      const world = await createTestWorld();
      const elsewhere = await order(world, 'ban', { target, value, app: 'com.example.other' });
      assert.equal((await createTestPhone(world, 'android').ask('enrol')).status, 200);
      assert.ok(await world.store.endOrder(ISSUER.iss, elsewhere, world.hands.now));
      await order(world, 'ban', { target, value });
      assert.equal((await createTestPhone(world, 'android').ask('enrol')).status, 403, target);
    }
    const world = await createTestWorld();
    await createTestPhone(world, 'android').ask('enrol');
    const { facts } = newest(world);
    if (facts.device.model.known !== 'absent') {
      await order(world, 'ban', { target: 'model', value: facts.device.model.value });
      assert.equal((await createTestPhone(world, 'android').ask('enrol')).status, 403);
    }
  });

  it('are read again for an answer that is given again', async () => {
    const world = await createTestWorld();
    const prepared = await createTestPhone(world, 'android').prepare('enrol');
    assert.equal((await send(world, prepared)).status, 200);
    await order(world, 'ban', { value: newest(world).lineage });
    const again = await send(world, prepared);
    assert.ok(again.status === 403 && again.body.result === 'refused' && again.body.action === 'stop');
  });

  it('pass one instance through the ban of its network, which the record tells', async () => {
    const world = await createTestWorld();
    const phone = createTestPhone(world, 'android');
    const prepared = await phone.prepare('enrol');
    assert.equal((await send(world, prepared)).status, 200);
    phone.instance = prepared.instance;
    const pass = await order(world, 'pass', { value: newest(world).lineage });
    assert.equal((await phone.ask('refresh')).status, 200);
    assert.deepEqual(newest(world).record.orders ?? [], [], 'it had no say');
    await order(world, 'ban', { target: 'network', value: '192.0.2.0/24' });
    assert.equal((await phone.ask('refresh')).status, 200);
    assert.deepEqual(newest(world).record.orders, [pass]);
  });

  it('pass one instance, which other rules refuse', async () => {
    const world = await createTestWorld();
    const phone = createTestPhone(world, 'android', REFUSED);
    const prepared = await phone.prepare('enrol');
    assert.equal((await send(world, prepared)).status, 403);
    phone.instance = prepared.instance;
    const id = await order(world, 'pass', { value: newest(world).lineage });
    const { att } = await claimsOf(await phone.ask('refresh'));
    assert.equal(att['stg'], 'forced_pass');
    assert.deepEqual(newest(world).record.orders, [id]);
    assert.equal((await createTestPhone(world, 'android', REFUSED).ask('enrol')).status, 403, 'and no other');
  });

  it('put one instance under a policy of its own, before its cohort and its app', async () => {
    const world = await createTestWorld({ cohorts: [{ name: 'all', policy: 'nobody', percent: 100 }] });
    await registerPolicy(world, 'nobody', NOBODY.replace('house', 'nobody'));
    await registerPolicy(world, 'house', EVERYBODY);
    const phone = createTestPhone(world, 'android');
    const prepared = await phone.prepare('enrol');
    const { body } = await send(world, prepared);
    assert.ok(
      body.result === 'refused' && body.class === 'version' && body.action === 'update_app',
      'the rule’s own words',
    );
    assert.equal(newest(world).verdict.policy, 'nobody@1');
    phone.instance = prepared.instance;
    await order(world, 'policy', { value: newest(world).lineage, policy: 'house' });
    assert.equal((await phone.ask('refresh')).status, 200);
    assert.equal(newest(world).verdict.policy, 'house@1');
    const later = await order(world, 'policy', { value: newest(world).lineage, policy: 'nobody' });
    assert.equal((await send(world, await phone.prepare('refresh'))).body.result, 'refused', 'the newer order counts');
    assert.deepEqual(newest(world).record.orders, [later], 'and it alone');
  });
});

describe('cohorts', () => {
  it('end, and hold for their share', async () => {
    const until = new Date(Date.UTC(2026, 10, 21, 13)).toISOString();
    const cohort = { name: 'beta', policy: 'nobody', percent: 100, until };
    const world = await createTestWorld({ cohorts: [cohort] });
    await registerPolicy(world, 'nobody', NOBODY.replace('house', 'nobody'));
    const phone = createTestPhone(world, 'ios');
    const prepared = await phone.prepare('enrol');
    assert.equal((await send(world, prepared)).status, 403);
    world.hands.now = Date.parse(until);
    phone.instance = prepared.instance;
    assert.equal((await phone.ask('refresh')).status, 200);
  });
});

describe('shadow policies', () => {
  it('say what they would have done, and have no say', async () => {
    const world = await createTestWorld({ shadows: ['nobody', 'strict-development', 'gone'] });
    await registerPolicy(world, 'nobody', NOBODY.replace('house', 'nobody'));
    assert.equal((await createTestPhone(world, 'ios').ask('enrol')).status, 200);
    const { record } = newest(world);
    assert.deepEqual(
      record.shadows?.map(({ policy, tier }) => [policy, tier]),
      [
        ['nobody@1', 'contraindicated'],
        ['strict-development@1', 'affirming'],
      ],
    );
    const told = world.events.filter(({ type }) => type === 'disagreement' || type === 'shadow_fault');
    assert.deepEqual(told, [
      { type: 'shadow_fault', iss: ISSUER.iss, app: APP.package, policy: 'gone', code: 'service.policy_unknown' },
      {
        ...{ type: 'disagreement', iss: ISSUER.iss, app: APP.package },
        ...{ enforced: 'strict@1', shadow: 'nobody@1', would: 'refuse' },
      },
    ]);
  });
});

describe('what the server knows beside the evidence', () => {
  it('is in the facts: hours, releases, silent providers', async () => {
    const released = new Date(Date.UTC(2026, 10, 21, 7)).toISOString();
    const world = await createTestWorld({ releases: [{ build: '4201', at: released }] });
    const phone = createTestPhone(world, 'android');
    await phone.ask('enrol');
    world.hands.now += 3 * 3_600_000;
    await phone.ask('refresh');
    const { facts } = newest(world);
    const { attestedHours, freshHours, silentProviders, riskMetric, advisories } = facts.history;
    assert.deepEqual(
      [attestedHours, freshHours],
      [
        { known: 'proven', value: 3, by: 'assay' },
        { known: 'proven', value: 3, by: 'assay' },
      ],
    );
    assert.deepEqual(silentProviders, { known: 'proven', value: [], by: 'assay' });
    assert.deepEqual([riskMetric.known, advisories.known], ['absent', 'absent']);
    assert.deepEqual(facts.app.releasedHours, { known: 'proven', value: 8, by: 'assay' });
    const kept = await world.store.instance(ISSUER.iss, phone.instance?.jkt ?? '');
    assert.equal(kept?.facts.history.attestedHours.known, 'absent', 'an instance keeps what its evidence said alone');
  });
});

describe('the status list away', () => {
  const denying = policyText('platform != "dev"', 'outage: { vendor: deny, revocation: deny, assurance: low }\n');

  it('is a claim and a lower assurance, or nobody’s answer, as the policy says', async () => {
    const world = await createTestWorld({ policy: 'house' });
    await registerPolicy(world, 'house', EVERYBODY);
    const prepared = await createTestPhone(world, 'android').prepare('enrol');
    const { acr, att } = await claimsOf(await send(world, prepared));
    assert.deepEqual([acr, att['deg']], ['urn:assay:app:low', ['revocation_not_checked']]);
    await registerPolicy(world, 'house', denying);
    const waiting = await createTestPhone(world, 'android').prepare('enrol');
    await assert.rejects(send(world, waiting), withCode('service.vendor_unavailable'));
    assert.equal(await world.store.instance(ISSUER.iss, waiting.instance.jkt), undefined, 'nothing is committed');
    const later = withStatusList(world, '1');
    assert.equal((await send(later, waiting)).status, 200, 'the same body works later');
    assert.equal((await createTestPhone(world, 'ios').ask('enrol')).status, 200, 'Apple has no such list');
  });
});

describe('an outage that the policy denies by', () => {
  const denying = policyText('platform != "dev"', 'outage: { vendor: deny, revocation: deny, assurance: low }\n');

  it('refuses nobody before the roll-out does, and the verdict says what it would have done', async () => {
    const world = await createTestWorld({ policy: 'house', rollout: { stage: 'monitor' } });
    await registerPolicy(world, 'house', denying);
    const { att } = await claimsOf(await createTestPhone(world, 'android').ask('enrol'));
    assert.deepEqual([att['stg'], att['deg']], ['monitor', ['revocation_not_checked']]);
    const { tier, reasons } = newest(world).verdict;
    assert.deepEqual([tier, reasons.includes('policy.outage_denied')], ['none', true]);
  });
});

describe('advisories that are configured and have expired', () => {
  const denying = policyText('platform != "dev"', 'outage: { vendor: degrade, revocation: deny, assurance: low }\n');

  it('are a claim and a lower assurance for everybody, or nobody’s answer, as the policy says', async () => {
    const world = await createTestWorld({ policy: 'house' });
    await registerPolicy(world, 'house', EVERYBODY);
    const trust = { ...world.service.trust, advisoriesAreMissing: () => true };
    const without = { ...world, service: { ...world.service, trust } };
    const { acr, att } = await claimsOf(await send(without, await createTestPhone(world, 'ios').prepare('enrol')));
    assert.deepEqual([acr, att['deg']], ['urn:assay:app:low', ['revocation_advisories_missing']]);
    await registerPolicy(world, 'house', denying);
    const waiting = await createTestPhone(world, 'ios').prepare('enrol');
    await assert.rejects(send(without, waiting), withCode('service.vendor_unavailable'));
    assert.equal((await send(world, waiting)).status, 200, 'the same body works later');
  });
});

describe('rules that ban', () => {
  const banning = (target: string) =>
    policyText('platform != "dev"') +
    `bans:
  - id: leaked
    when: device.locked == false
    target: ${target}
    for: 7d
    reason: A test.
`;

  it('write an order with the appraisal, once, which works at the next refresh', async () => {
    const world = await createTestWorld({ policy: 'house' });
    await registerPolicy(world, 'house', banning('lineage'));
    const phone = createTestPhone(world, 'android', REFUSED);
    assert.equal((await phone.ask('enrol')).status, 200);
    const { lineage, at } = newest(world);
    const [ban, ...others] = await world.store.ordersFor(ISSUER.iss, [{ target: 'lineage', value: lineage }], at);
    assert.deepEqual(others, []);
    assert.deepEqual([ban?.effect, ban?.author, ban?.expiresAt], ['ban', 'policy:house/leaked', at + 7 * 86_400_000]);
    assert.ok(world.events.some((event) => event.type === 'ban' && event.order.id === ban?.id));
    assert.equal((await phone.ask('refresh')).status, 403);
    assert.equal((await world.store.orders(ISSUER.iss, { limit: 9 })).length, 1, 'no second one');
  });

  it('ban nobody while the roll-out does not enforce', async () => {
    const world = await createTestWorld({ policy: 'house', rollout: { stage: 'monitor' } });
    await registerPolicy(world, 'house', banning('lineage'));
    assert.equal((await createTestPhone(world, 'android', REFUSED).ask('enrol')).status, 200);
    assert.equal((await world.store.orders(ISSUER.iss, { limit: 9 })).length, 0);
  });
});
