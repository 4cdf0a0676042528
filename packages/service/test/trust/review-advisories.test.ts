import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ConfigError } from '@assay/core';
import { type Judge, judge, reviewAdvisories } from '@assay/service';
import { generateSigningKey } from '@assay/tokens';
import { readAdvisories, signAdvisories } from '../../src/trust/advisories.ts';
import type { Affected } from '../../src/trust/advisory-document.ts';
import { APP, createTestPhone, createTestWorld, ISSUER, OTHER, type TestWorld } from '../support/world.ts';

const { key } = generateSigningKey();
const DAY_MS = 86_400_000;

/** The same world once its process has read these advisories. */
function withAdvisories(world: TestWorld, version: number, affects: Affected): TestWorld {
  const issued = Math.floor(world.hands.now / 1000);
  const advisory = { id: `A-${version}`, title: 't', severity: 'high', affects } as const;
  const document = {
    assay: 'advisories/1',
    version,
    issued,
    expires: issued + 86_400,
    advisories: [advisory],
  } as const;
  const read = readAdvisories(signAdvisories(document, key), [key.publicJwk]);
  return { ...world, service: { ...world.service, trust: { ...world.service.trust, advisories: () => read } } };
}

async function enrolled(world: TestWorld, platform: 'ios' | 'android') {
  const phone = createTestPhone(world, platform);
  await phone.ask('enrol');
  return phone;
}

const allOf = async ({ service }: TestWorld, by?: Judge) => {
  let pages = 1;
  while (await reviewAdvisories(service, ISSUER.iss, by)) pages += 1;
  return pages;
};

async function reviewed({ store, events }: TestWorld) {
  const rows = await store.appraisals(ISSUER.iss, { limit: 100 });
  const reviews = await Promise.all(rows.map(({ id }) => store.reappraisals(ISSUER.iss, id)));
  const told = events.filter(({ type }) => type === 'reappraisal').length;
  return { reviews: reviews.flat(), told };
}

describe('new advisories', () => {
  it('make those judged again whom they name, and nobody else', async () => {
    const world = await createTestWorld();
    await enrolled(world, 'android');
    await enrolled(world, 'ios');
    assert.equal(await reviewAdvisories(world.service, ISSUER.iss), false, 'there are none');
    world.hands.now += 1_000;
    const advised = withAdvisories(world, 1, { app: APP.appleId });
    const seen: unknown[] = [];
    const watching: Judge = (policy, facts, at) => {
      seen.push(facts.history.advisories);
      return judge(policy, facts, at);
    };
    assert.equal(await allOf(advised, watching), 1);
    assert.deepEqual(seen, [{ known: 'proven', value: ['A-1'], by: 'assay' }]);
    const { reviews, told } = await reviewed(world);
    assert.deepEqual([reviews.length, told, reviews[0]?.cause], [1, 1, 'advisory']);
  });

  it('are applied once for each version, and again for the next', async () => {
    const world = await createTestWorld();
    await enrolled(world, 'android');
    world.hands.now += 1_000;
    for (const round of [1, 2]) {
      await allOf(withAdvisories(world, 1, { app: APP.package }));
      assert.equal((await reviewed(world)).reviews.length, 1, `round ${round}`);
    }
    world.hands.now += 1_000;
    await allOf(withAdvisories(world, 2, { app: APP.package }));
    assert.equal((await reviewed(world)).reviews.length, 2);
  });

  it('say nothing new of what was judged by them already, of older appraisals, and of whom is revoked', async () => {
    const world = await createTestWorld();
    const advised = withAdvisories(world, 1, { app: APP.package });
    await enrolled(advised, 'android');
    const before = await enrolled(world, 'android');
    await before.ask('refresh');
    const revoked = await enrolled(world, 'android');
    await world.store.setInstanceStatus(ISSUER.iss, revoked.instance?.jkt ?? '', 'revoked');
    world.hands.now += 1_000;
    await allOf(advised);
    const { reviews } = await reviewed(world);
    assert.deepEqual(
      reviews.map(({ appraisal }) => appraisal),
      [await world.store.newestAppraisalOf(ISSUER.iss, before.instance?.jkt ?? '')],
    );
  });

  it('leave appraisals of long ago, and other issuers, alone', async () => {
    const world = await createTestWorld();
    await enrolled(world, 'android');
    world.hands.now += 31 * DAY_MS;
    const advised = withAdvisories(world, 1, { app: APP.package });
    await allOf(advised);
    assert.equal(await reviewAdvisories(advised.service, OTHER.iss), false);
    assert.equal((await reviewed(world)).reviews.length, 0);
  });

  it('are applied page by page, and go on where they were cut off', async () => {
    const world = await createTestWorld();
    const phone = await enrolled(world, 'android');
    const [one] = await world.store.appraisals(ISSUER.iss, { limit: 1 });
    assert.ok(one !== undefined);
    // Pages as long as these come of many phones; here the store shows one row many times over.
    const row = { ...one, id: one.id };
    const asked: (string | undefined)[] = [];
    const appraisedFacts: typeof world.store.appraisedFacts = async (_, { after, limit }) => {
      asked.push(after);
      return Array<typeof row>(asked.length < 3 ? limit : 1).fill(row);
    };
    world.hands.now += 1_000;
    const advised = withAdvisories(world, 1, { app: APP.package });
    const slow = { ...advised, service: { ...advised.service, store: { ...world.store, appraisedFacts } } };
    assert.equal(await reviewAdvisories(slow.service, ISSUER.iss), true);
    assert.equal(await allOf(slow), 2);
    assert.deepEqual(asked, [undefined, one.id, one.id]);
    assert.equal((await reviewed(world)).told, 1, 'however often it is looked at');
    assert.ok(phone.instance !== undefined);
  });

  it('pass over a place that cannot be read, and over a policy that cannot be asked', async () => {
    const world = await createTestWorld();
    await enrolled(world, 'android');
    await world.store.register(ISSUER.iss, 'setting', 'advisory-review', '{"other":1}', 0, world.hands.now);
    await world.store.register(ISSUER.iss, 'setting', 'advisory-review', 'no JSON', 1, world.hands.now);
    world.hands.now += 1_000;
    const broken: Judge = () => {
      throw new ConfigError('policy.evaluation_failed', 'it does not hold');
    };
    assert.equal(await allOf(withAdvisories(world, 1, { app: APP.package }), broken), 1);
    assert.equal((await reviewed(world)).reviews.length, 0);
    await world.store.register(ISSUER.iss, 'setting', 'advisory-review', '{"other":1}', 3, world.hands.now);
    assert.equal(await allOf(withAdvisories(world, 1, { app: APP.package })), 1);
    assert.equal((await reviewed(world)).reviews.length, 1);
  });
});
