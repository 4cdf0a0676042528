import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ADMIN, APP, BASE, createHttpWorld, JSON_TYPE, prepareEnrolment, registerApp } from '../support/world.ts';

const world = await createHttpWorld();
await registerApp(world);
const { operate, publicApp, service, hands, iss } = world;
const DAY = 86_400;

/** The reply to an enrolment, and what the store has of it. */
async function enrol() {
  hands.now += 1_000; // ids of one millisecond sort by chance
  const { body } = await prepareEnrolment(world);
  const answer = await publicApp.inject({
    method: 'POST',
    url: `${BASE}/v1/attest`,
    headers: JSON_TYPE,
    payload: body,
  });
  const [appraisal] = await service.store.appraisals(iss, { limit: 1 });
  assert.ok(appraisal !== undefined);
  return { status: answer.statusCode, appraisal };
}

const give = (wish: object) => operate('POST', `${ADMIN}/orders`, { reason: 'case 4711', seconds: DAY, ...wish });
const BAN = { effect: 'ban', target: 'model', value: 'Nothing' };

describe('an order', () => {
  it('about an install names its lineage, by support code, thumbprint or itself, and says how long a token may outlive it', async () => {
    const { appraisal } = await enrol();
    const { support, jkt, lineage } = appraisal;
    for (const [target, value] of [
      ['support', support],
      ['instance', jkt],
      ['lineage', lineage],
    ]) {
      const given = await give({ effect: 'ban', target, value });
      assert.equal(given.statusCode, 200, given.body);
      const { order, tokenSeconds } = given.json();
      assert.deepEqual(
        [order.target, order.value, order.app],
        ['lineage', lineage, target === 'lineage' ? null : APP.package],
      );
      assert.deepEqual([order.createdAt, order.expiresAt, tokenSeconds], [hands.now, hands.now + DAY * 1_000, 300]);
      await operate('DELETE', `${ADMIN}/orders/${order.id}`);
    }
  });

  it('is listed until it ends, and stands in the audit chain with its reason', async () => {
    const { order } = (await give(BAN)).json();
    const listed = async (query: string) =>
      (await operate('GET', `${ADMIN}/orders${query}`)).json().map(({ id }: { id: string }) => id);
    assert.ok((await listed('')).includes(order.id));
    assert.deepEqual((await operate('DELETE', `${ADMIN}/orders/${order.id}`)).json(), { id: order.id, ended: true });
    assert.ok(!(await listed('')).includes(order.id));
    assert.ok((await listed('?all=true')).includes(order.id));
    const again = await operate('DELETE', `${ADMIN}/orders/${order.id}`);
    assert.match(again.json().detail, /^service\.order_unknown/);
    const acts = (await service.store.audit(iss, 0, 500)).filter(({ subject }) => subject === order.id);
    assert.deepEqual(
      acts.map(({ act }) => act),
      ['order.give', 'order.end'],
    );
    assert.match(acts[0]?.detail ?? '', /"reason":"case 4711"/);
  });

  it('bans and lets pass by what it names', async () => {
    const first = await enrol();
    assert.equal(first.status, 200);
    const { order } = (await give({ effect: 'ban', target: 'signer', value: APP.signer, app: APP.package })).json();
    const { status, appraisal } = await enrol();
    assert.deepEqual(
      [status, appraisal.verdict.reasons[0], appraisal.record.orders],
      [403, 'service.banned', [order.id]],
    );
    await operate('DELETE', `${ADMIN}/orders/${order.id}`);
    assert.equal((await enrol()).status, 200);
  });

  it('that lets a policy rest is told in the log', async () => {
    const { order } = (await give({ effect: 'enforce_off', target: 'app', value: APP.package, seconds: 3_600 })).json();
    const line = world.lines.find(({ msg }) => msg === 'ENFORCEMENT IS OFF');
    assert.deepEqual([line?.['app'], line?.['order'], line?.['level']], [APP.package, order.id, 40]);
    await operate('DELETE', `${ADMIN}/orders/${order.id}`);
  });

  const install = { target: 'lineage', value: 'A'.repeat(22) };
  const refused: readonly (readonly [string, object, RegExp])[] = [
    ['a pass of more than a week', { effect: 'pass', ...install, seconds: 7 * DAY + 1 }, /order_refused.*604800/],
    ['a pass for a model', { effect: 'pass', target: 'model', value: 'Pixel' }, /order_refused/],
    ['a pass for a whole app', { effect: 'pass', target: 'app', value: APP.package }, /order_refused/],
    [
      'a policy of one’s own for longer than a pass',
      { effect: 'policy', ...install, policy: 'permissive', seconds: 8 * DAY },
      /order_refused/,
    ],
    ['a policy that is not there', { effect: 'policy', ...install, policy: 'nothing' }, /policy_unknown/],
    ['a policy order without a policy', { effect: 'policy', ...install }, /order_refused/],
    ['a ban with a policy', { ...BAN, policy: 'strict' }, /order_refused/],
    ['a ban of an app', { effect: 'ban', target: 'app', value: APP.package }, /order_refused/],
    [
      'a switch that lasts for more than a day',
      { effect: 'enforce_off', target: 'app', value: APP.package, seconds: DAY + 1 },
      /order_refused/,
    ],
    ['a switch for an unknown app', { effect: 'enforce_off', target: 'app', value: 'nobody' }, /app_unknown/],
    ['a ban in an unknown app', { ...BAN, app: 'nobody' }, /app_unknown/],
    ['half of the internet', { effect: 'ban', target: 'network', value: '0.0.0.0/1' }, /order_refused/],
    [
      'a network with bits beyond its length',
      { effect: 'ban', target: 'network', value: '192.0.2.7/24' },
      /order_refused/,
    ],
    ['a signer in upper case', { effect: 'ban', target: 'signer', value: 'AB'.repeat(32) }, /order_refused/],
    ['a code with a slip', { effect: 'ban', target: 'support', value: '7KQ2M-9XR4T-0' }, /support_code_invalid/],
    [
      'an install that nobody knows',
      { effect: 'ban', target: 'instance', value: 'A'.repeat(43) },
      /order_target_unknown/,
    ],
    ['no end', { ...BAN, seconds: undefined }, /seconds/],
    ['an end in the past', { ...BAN, seconds: -5 }, /seconds/],
    ['no reason', { ...BAN, reason: '  ' }, /reason/],
    ['a reason that clears the terminal', { ...BAN, reason: 'because \u001b[2J' }, /reason/],
    ['another effect', { ...BAN, effect: 'admin' }, /effect/],
    ['further members', { ...BAN, author: 'somebody else' }, /author|unrecognized/i],
  ];
  for (const [name, wish, detail] of refused) {
    it(`is not given for ${name}`, async () => {
      const before = await service.store.orders(iss, { limit: 500 });
      const response = await give(wish);
      assert.equal(response.statusCode, 400, response.body);
      assert.match(response.json().detail, detail);
      assert.deepEqual(await service.store.orders(iss, { limit: 500 }), before);
    });
  }

  it('that is called by no id of ours is a faulty request', async () => {
    for (const id of ['x', '..%2f..%2fapps', 'A'.repeat(32)]) {
      assert.equal((await operate('DELETE', `${ADMIN}/orders/${id}`)).statusCode, 400, id);
    }
  });
});
