import assert from 'node:assert/strict';
import { describe, it, mock } from 'node:test';
import { completeFacts, type StoredFacts } from '@assay/core';
import { NDJSON } from '../../src/operator/review.ts';
import { ADMIN, APP, BASE, createHttpWorld, JSON_TYPE, prepareEnrolment, registerApp } from '../support/world.ts';

const world = await createHttpWorld();
await registerApp(world);
const { operate, operatorApp, publicApp, service, hands, iss } = world;

async function enrol() {
  hands.now += 1_000;
  const { body } = await prepareEnrolment(world);
  await publicApp.inject({ method: 'POST', url: `${BASE}/v1/attest`, headers: JSON_TYPE, payload: body });
  const [appraisal] = await service.store.appraisals(iss, { limit: 1 });
  assert.ok(appraisal !== undefined);
  return appraisal;
}

async function changeApp(change: object) {
  const [{ document, version }] = (await operate('GET', `${ADMIN}/apps`)).json();
  const response = await operate('PUT', `${ADMIN}/apps/${APP.package}?version=${version}`, { ...document, ...change });
  assert.equal(response.statusCode, 200, response.body);
}

const rowsOf = (body: string) =>
  body
    .split('\n')
    .filter((line) => line !== '')
    .map((line): { id: string; app: string; at: number; facts: StoredFacts } => JSON.parse(line));

describe('facts', () => {
  it('come as lines, oldest first, within a window, an app and a page', async () => {
    const enrolled = [await enrol(), await enrol(), await enrol()];
    const ids = enrolled.map(({ id }) => id);
    const read = async (query: string) => operate('GET', `${ADMIN}/facts?${query}`);
    const all = await read(`from=0&to=${hands.now + 1}`);
    assert.equal(all.headers['content-type'], NDJSON);
    assert.deepEqual(
      rowsOf(all.body).map(({ id }) => id),
      ids,
    );
    const [first] = rowsOf(all.body);
    assert.ok(first !== undefined && !all.body.includes('"absent"'));
    assert.deepEqual(completeFacts(first.facts), enrolled[0]?.facts);
    const some = async (query: string) => rowsOf((await read(query)).body).map(({ id }) => id);
    assert.deepEqual(await some(`from=0&to=${hands.now}`), ids.slice(0, 2), '`to` is exclusive');
    assert.deepEqual(await some(`from=0&to=${hands.now + 1}&after=${ids[0]}&limit=1`), ids.slice(1, 2));
    assert.deepEqual(await some(`from=0&to=${hands.now + 1}&app=${APP.package}`), ids);
    assert.deepEqual(await some(`from=0&to=${hands.now + 1}&app=other`), []);
    assert.ok((await service.store.audit(iss, 0, 500)).some(({ act }) => act === 'facts.read'));
  });

  it('refuse what is no window and no page', async () => {
    for (const query of [
      '',
      'from=0',
      'from=-1&to=5',
      'from=0&to=x',
      'from=0&to=5&limit=0',
      'from=0&to=5&after=x',
      'from=0&to=5&more=1',
    ]) {
      assert.equal((await operate('GET', `${ADMIN}/facts?${query}`)).statusCode, 400, query);
    }
  });

  it('are not read for whoever asks for no body', async () => {
    const read = mock.method(service.store, 'appraisedFacts');
    const { statusCode } = await operatorApp.inject({
      ...{ method: 'HEAD', url: `${ADMIN}/facts?from=0&to=${hands.now + 1}`, headers: await world.credential('read') },
    });
    assert.deepEqual([statusCode, read.mock.callCount()], [404, 0]);
    read.mock.restore();
  });

  it('are streamed to two at a time', async () => {
    const headers = await world.credential('read');
    const url = `${ADMIN}/facts?from=0&to=${hands.now + 1}`;
    const read = () => operatorApp.inject({ url, headers });
    const { promise: held, resolve: release } = Promise.withResolvers<void>();
    const slow = mock.method(service.store, 'appraisedFacts', async () => {
      await held;
      return [];
    });
    const streams = [read(), read()];
    while (slow.mock.callCount() < 2) await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual([(await read()).statusCode, (await read()).statusCode], [503, 503]);
    release();
    for (const { statusCode } of await Promise.all(streams)) assert.equal(statusCode, 200);
    slow.mock.restore();
    assert.equal((await read()).statusCode, 200, 'the places are free again');
  });
});

describe('disagreements', () => {
  it('tell what shadows would have decided otherwise', async () => {
    await changeApp({ shadows: ['permissive', 'no-google'] });
    const { support } = await enrol();
    const url = `${ADMIN}/disagreements?from=0&to=${hands.now + 1}&app=${APP.package}`;
    const found = (await operate('GET', url)).json();
    assert.equal(found.complete, true);
    assert.deepEqual(
      found.shadows.map(({ appraisals }: { appraisals: number }) => appraisals),
      [1, 1],
    );
    const differing = found.shadows.filter(({ agreed }: { agreed: number }) => agreed === 0);
    for (const { samples } of differing) assert.deepEqual(samples, [support]);
    assert.deepEqual((await operate('GET', url.replace(APP.package, 'other'))).json().shadows, []);
  });
});

describe('trust', () => {
  it('is told with the advisories in force', async () => {
    const trust = (await operate('GET', `${ADMIN}/trust`)).json();
    assert.deepEqual([trust.anchors, trust.sources, trust.advisories], ['test', [], null]);
  });
});

describe('a replay', () => {
  const replay = (id: string) => operate('POST', `${ADMIN}/appraisals/${id}/replay`);

  it('evaluates the stored facts again where no evidence is kept', async () => {
    const { id, verdict } = await enrol();
    const response = await replay(id);
    assert.equal(response.statusCode, 200, response.body);
    const { mode, same, policy, again, differences } = response.json();
    assert.deepEqual([mode, same, policy, differences], ['reevaluated', true, verdict.policy, []]);
    assert.equal(again.tier, verdict.tier);
    assert.ok(
      (await service.store.audit(iss, 0, 500)).some(({ act, subject }) => act === 'appraisal.replay' && subject === id),
    );
  });

  it('verifies the evidence again where it is kept', async () => {
    await changeApp({ retainEvidenceDays: 1 });
    const { id } = await enrol();
    hands.now += 3_600_000;
    const { mode, same, differences, notes } = (await replay(id)).json();
    assert.deepEqual([mode, same, differences, notes], ['reverified', true, [], []]);
  });

  it('gives the verdict of a ban, and of a roll-out, that has ended since', async () => {
    const wish = { effect: 'ban', target: 'signer', value: APP.signer, reason: 'case 4711', seconds: 3_600 };
    const { order } = (await operate('POST', `${ADMIN}/orders`, wish)).json();
    const banned = await enrol();
    assert.equal(banned.verdict.reasons[0], 'service.banned');
    await operate('DELETE', `${ADMIN}/orders/${order.id}`);
    await changeApp({ rollout: { stage: 'monitor' } });
    for (const { id } of [banned, await enrol()]) assert.equal((await replay(id)).json().same, true, id);
  });

  it('says what came out otherwise', async () => {
    const { id, verdict } = await enrol();
    const { store } = service;
    const altered = { ...verdict, tier: 'contraindicated', reasons: ['policy.os_too_old'] } as const;
    const appraisal = await store.appraisal(iss, id);
    assert.ok(appraisal !== undefined);
    const { replayAppraisal } = await import('@assay/service');
    const [issuer] = [...service.issuers.values()];
    assert.ok(issuer !== undefined);
    const forged = { ...service, store: { ...store, appraisal: async () => ({ ...appraisal, verdict: altered }) } };
    const { same, differences } = await replayAppraisal(forged, 'ann', issuer, id);
    assert.equal(same, false);
    assert.deepEqual(differences.map(({ what }) => what).slice(0, 2), ['tier', 'reasons']);
  });

  it('of what is not there is a faulty request', async () => {
    assert.match((await replay('0'.repeat(32))).json().detail, /^service\.appraisal_unknown/);
    assert.equal((await replay('x')).statusCode, 400);
  });
});
