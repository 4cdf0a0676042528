import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Appraisal, claimed, knownValue, noFacts, proven, provenValue } from '@assay/core';
import type { EvidenceFormat } from '@assay/evidence';
import type { Vendors } from '@assay/service';
import { dev, giveGrant, type Maker, PLAY_KEYS, play, prepareWith, softwareKey } from '../support/pieces.ts';
import {
  APP,
  createTestPhone,
  createTestWorld,
  ISSUER,
  registerApp,
  registerPolicy,
  send,
  type TestPhone,
  type TestWorld,
  withCode,
} from '../support/world.ts';

/** Whoever brings anything passes: these tests are about evidence. */
const OPEN = `assay: policy/1
name: open
description: A test.
outage: { vendor: degrade, revocation: degrade, assurance: low }
rules:
  - { id: any, require: size(evidence) > 0, otherwise: { tier: none, code: policy.platform_unproven }, why: A test. }
assurance:
  - level: high
    when: size(evidence) > 0
`;
const KINDS = { google: {}, dev: true, policy: 'open' };

async function openWorld(change: object = {}, vendors: Partial<Vendors> = { playKeys: PLAY_KEYS }): Promise<TestWorld> {
  const world = await createTestWorld({ ...KINDS, ...change });
  await registerPolicy(world, 'open', OPEN);
  Object.assign(world.service, { vendors: { ...world.service.vendors, ...vendors } });
  return world;
}

type Prepared = Awaited<ReturnType<typeof prepareWith>>;

async function outcomeOf(world: TestWorld, prepared: Prepared): Promise<string> {
  world.events.length = 0;
  try {
    if ((await send(world, prepared)).status === 200) return 'accepted';
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    return String(error.code);
  }
  const rejection = world.events.find(({ type }) => type === 'rejection');
  return rejection?.type === 'rejection' ? rejection.rejection.code : 'refused by policy';
}

function newest({ events }: TestWorld): Appraisal {
  const event = events.findLast(({ type }) => type === 'appraisal');
  assert.ok(event?.type === 'appraisal');
  return event.appraisal;
}

async function enrolled(world: TestWorld, pieces: readonly Maker[]): Promise<TestPhone> {
  const phone = createTestPhone(world, 'android');
  const prepared = await prepareWith(world, { purpose: 'enrol', phone, pieces });
  assert.equal(await outcomeOf(world, prepared), 'accepted');
  phone.instance = prepared.instance;
  return phone;
}

const badge: EvidenceFormat = {
  ...{ role: 'x-badge', format: 'x-badge', title: 'Badge', reasons: {}, checks: [], anchors: [], vectors: [] },
  verify: (token, { binding, apps }) => ({
    ...{ outcome: 'verified', checks: [] },
    proven: { subject: 'badge' },
    facts: {
      ...noFacts(),
      evidence: ['x-badge'],
      app: { ...noFacts().app, id: proven(apps[0], 'x-badge') },
      key: { ...noFacts().key, protection: proven('hardware', token === binding ? 'x-badge' : 'nobody') },
    },
  }),
};
const badgePiece: Maker = { role: 'x-badge', make: (binding) => binding };

describe('Key Attestation with a Play token beside it', () => {
  it('is one appraisal with the facts of both', async () => {
    const world = await openWorld();
    await enrolled(world, [play(world)]);
    const { facts, format, checks, record } = newest(world);
    assert.equal(format, 'android-key');
    assert.deepEqual(facts.evidence, ['android-key', 'play-integrity']);
    assert.deepEqual(provenValue(facts.device.labels), ['basic', 'device']);
    assert.equal(provenValue(facts.key.protection), 'hardware');
    assert.equal(provenValue(facts.device.bootState), 'verified');
    assert.deepEqual(
      record.evidenceDigests.map(({ role }) => role),
      ['android-key', 'play-standard'],
    );
    assert.ok(
      checks.some(({ check }) => check.startsWith('play')) && checks.every(({ outcome }) => outcome !== 'failed'),
    );
  });

  it('is refused when they cannot be of one device: attack 13', async () => {
    const world = await openWorld();
    const refused = async (piece: Maker) => {
      const phone = createTestPhone(world, 'android');
      return outcomeOf(world, await prepareWith(world, { purpose: 'enrol', phone, pieces: [piece] }));
    };
    assert.equal(await refused(play(world, { sdkVersion: 35 })), 'service.evidence_inconsistent');
    assert.equal(await refused(play(world, { versionCode: 4200 })), 'service.evidence_inconsistent');
    assert.match(await refused(play(world, { package: 'com.example.other' })), /^play\./);
  });

  it('is refused when the token was made beside another key: the leaf is in its binding', async () => {
    const world = await openWorld();
    const phone = createTestPhone(world, 'android');
    const alone = { role: 'play-standard', make: () => play(world).make('A'.repeat(43)) } as const;
    const prepared = await prepareWith(world, { purpose: 'enrol', phone, pieces: [alone] });
    assert.match(await outcomeOf(world, prepared), /^play\..*(binding|hash)/);
  });

  it('is not accepted for an app without `google`', async () => {
    const world = await openWorld({ google: undefined });
    const phone = createTestPhone(world, 'android');
    const prepared = await prepareWith(world, { purpose: 'enrol', phone, pieces: [play(world)] });
    assert.equal(await outcomeOf(world, prepared), 'service.platform_not_registered');
  });
});

describe('a companion at a refresh', () => {
  it('renews the facts and the time of fresh evidence, for this refresh and those after it', async () => {
    const world = await openWorld();
    const phone = await enrolled(world, [play(world, { labels: ['MEETS_STRONG_INTEGRITY'] })]);
    const fat = world.hands.now;
    world.hands.now += 3_600_000;
    assert.equal((await phone.ask('refresh')).status, 200);
    assert.deepEqual(provenValue(newest(world).facts.device.labels), ['strong']);
    assert.equal(
      (await world.store.instance(ISSUER.iss, phone.instance?.jkt ?? ''))?.fat,
      fat,
      'K alone is nothing new',
    );

    const worse = await prepareWith(world, { purpose: 'refresh', phone, pieces: [play(world, { labels: [] })] });
    assert.equal(await outcomeOf(world, worse), 'accepted');
    const instance = await world.store.instance(ISSUER.iss, phone.instance?.jkt ?? '');
    assert.equal(instance?.fat, world.hands.now);
    assert.equal((await phone.ask('refresh')).status, 200);
    assert.deepEqual(provenValue(newest(world).facts.device.labels), [], 'the better answer is void');
  });

  it('of one kind voids what another kind said: an old answer never passes for a fresh one', async () => {
    const world = await openWorld({ custom: [{ role: 'x-badge', apps: [APP.package] }] });
    Object.assign(world.service, { formats: new Map([['x-badge', badge]]) });
    const phone = await enrolled(world, [play(world)]);
    const other = await prepareWith(world, { purpose: 'refresh', phone, pieces: [badgePiece] });
    assert.equal(await outcomeOf(world, other), 'accepted');
    const { facts } = newest(world);
    assert.deepEqual([facts.evidence, facts.device.labels.known], [['android-key', 'x-badge'], 'absent']);
    assert.equal(provenValue(facts.device.bootState), 'verified', 'what the key proves holds as long as the key');
  });

  it('serves a step-up, for which the key alone is not enough', async () => {
    const world = await openWorld();
    const phone = await enrolled(world, []);
    const bare = await prepareWith(world, { purpose: 'step_up', phone, pieces: [] }).then(
      (prepared) => outcomeOf(world, prepared),
      (error: unknown) => String(error),
    );
    assert.match(bare, /statement_malformed|evidence_not_accepted/);
    const better = await prepareWith(world, { purpose: 'step_up', phone, pieces: [play(world)] });
    assert.equal(await outcomeOf(world, better), 'accepted');
  });

  it('of another app or an older system is refused', async () => {
    const world = await openWorld();
    const phone = await enrolled(world, []);
    const old = await prepareWith(world, { purpose: 'refresh', phone, pieces: [play(world, { sdkVersion: 33 })] });
    assert.equal(await outcomeOf(world, old), 'service.evidence_inconsistent');
    const updated = await prepareWith(world, { purpose: 'refresh', phone, pieces: [play(world, { sdkVersion: 35 })] });
    assert.equal(await outcomeOf(world, updated), 'accepted', 'a system may have been updated');
  });
});

describe('an instance whose key is in software', () => {
  it('brings its kind of evidence every time, and nothing weaker: attack 14', async () => {
    const world = await openWorld();
    const key = softwareKey();
    const enrol = await prepareWith(world, { purpose: 'enrol', key, pieces: [play(world)] });
    assert.equal(await outcomeOf(world, enrol), 'accepted');
    const { facts, format } = newest(world);
    assert.deepEqual([format, facts.key.protection], ['play-integrity', claimed('software', 'the app')]);
    const fresh = await prepareWith(world, { purpose: 'refresh', key, pieces: [play(world)] });
    assert.equal(await outcomeOf(world, fresh), 'accepted');
    const grant = await giveGrant(world);
    for (const pieces of [[], [dev(world, grant)]]) {
      const weaker = await prepareWith(world, { purpose: 'refresh', key, pieces });
      assert.equal(await outcomeOf(world, weaker), 'service.evidence_not_accepted');
    }
  });

  it('moves to another key by the consent of the old one', async () => {
    const world = await openWorld();
    const [old, next] = [softwareKey(), softwareKey()];
    await send(world, await prepareWith(world, { purpose: 'enrol', key: old, pieces: [play(world)] }));
    const { lineage } = newest(world);
    const rekey = await prepareWith(world, { purpose: 'rekey', key: next, old, pieces: [play(world)] });
    assert.equal(await outcomeOf(world, rekey), 'accepted');
    assert.equal(newest(world).lineage, lineage);
    const back = await prepareWith(world, { purpose: 'refresh', key: old, pieces: [play(world)] });
    assert.equal(await outcomeOf(world, back), 'service.instance_revoked');
  });

  it('never takes the place of a key in hardware', async () => {
    const world = await openWorld();
    const phone = await enrolled(world, []);
    const rekey = await prepareWith(world, {
      ...{ purpose: 'rekey', key: softwareKey(), pieces: [play(world)] },
      ...(phone.instance === undefined ? {} : { old: phone.instance.key }),
    });
    assert.equal(await outcomeOf(world, rekey), 'service.evidence_not_accepted');
  });
});

describe('dev evidence', () => {
  const enrol = async (world: TestWorld, maker: Maker) =>
    outcomeOf(world, await prepareWith(world, { purpose: 'enrol', key: softwareKey(), pieces: [maker] }));

  it('enrols as often as its grant says, and refreshes while that is in force', async () => {
    const world = await openWorld();
    const grant = await giveGrant(world);
    const key = softwareKey();
    const first = await prepareWith(world, { purpose: 'enrol', key, pieces: [dev(world, grant)] });
    assert.equal(await outcomeOf(world, first), 'accepted');
    assert.equal(knownValue(newest(world).facts.platform), 'dev');
    assert.equal(await enrol(world, dev(world, grant)), 'accepted');
    assert.equal(await enrol(world, dev(world, grant)), 'service.grant_spent');
    const refresh = () => prepareWith(world, { purpose: 'refresh', key, pieces: [dev(world, grant)] });
    assert.equal(await outcomeOf(world, await refresh()), 'accepted', 'a refresh is no use');
    await world.store.revokeGrant(ISSUER.iss, grant.id, world.hands.now);
    assert.equal(await outcomeOf(world, await refresh()), 'service.grant_unfit');
  });

  it('is refused by a grant of another app, an ended one, one that nobody gave, and by another key', async () => {
    const world = await openWorld();
    const refused = { other: { app: 'com.example.other' }, ended: { expiresAt: world.hands.now } };
    for (const change of Object.values(refused)) {
      assert.equal(await enrol(world, dev(world, await giveGrant(world, change))), 'service.grant_unfit');
    }
    const { key } = await giveGrant(world);
    assert.equal(await enrol(world, dev(world, { id: 'nobody', key })), 'service.grant_unfit');
    const { id } = await giveGrant(world);
    assert.match(await enrol(world, dev(world, { id, key })), /^dev\./);
  });

  it('is looked at in environments of kind development alone, whatever is registered', async () => {
    const world = await openWorld();
    const grant = await giveGrant(world);
    const prepared = await prepareWith(world, { purpose: 'enrol', key: softwareKey(), pieces: [dev(world, grant)] });
    for (const kind of ['production', 'staging'] as const) {
      await assert.rejects(send(world, prepared, { ...ISSUER, kind }), withCode('service.platform_not_registered'));
    }
    await registerApp(world, ISSUER.iss, { ...KINDS, dev: false });
    assert.equal(await outcomeOf(world, prepared), 'service.platform_not_registered');
  });
});

describe('a format of the operator’s own', () => {
  const formats = new Map([['x-badge', badge]]);
  const custom = [{ role: 'x-badge', apps: [APP.package] }];

  it('enrols apps that name it, with a key in software whatever it says, and is a floor of its own', async () => {
    const world = await openWorld({ custom });
    Object.assign(world.service, { formats });
    const key = softwareKey();
    const enrol = await prepareWith(world, { purpose: 'enrol', key, pieces: [badgePiece] });
    assert.equal(await outcomeOf(world, enrol), 'accepted');
    const { format, facts } = newest(world);
    assert.deepEqual([format, facts.key.protection.known], ['x-badge', 'claimed']);
    assert.equal(
      await outcomeOf(world, await prepareWith(world, { purpose: 'refresh', key, pieces: [badgePiece] })),
      'accepted',
    );
    const other = await prepareWith(world, { purpose: 'refresh', key, pieces: [play(world)] });
    assert.equal(await outcomeOf(world, other), 'service.evidence_not_accepted');
  });

  it('stands beside evidence of the product, and says nothing of its key', async () => {
    const world = await openWorld({ custom });
    Object.assign(world.service, { formats });
    await enrolled(world, [badgePiece]);
    const { facts } = newest(world);
    assert.deepEqual(facts.evidence, ['android-key', 'x-badge']);
    assert.deepEqual(facts.key.protection, proven('hardware', 'android-key'));
  });

  it('serves no app that does not name it, and no server that does not have it', async () => {
    for (const [change, has] of [
      [{}, formats],
      [{ custom }, new Map()],
    ] as const) {
      const world = await openWorld(change);
      Object.assign(world.service, { formats: has });
      const prepared = await prepareWith(world, { purpose: 'enrol', key: softwareKey(), pieces: [badgePiece] });
      assert.equal(await outcomeOf(world, prepared), 'service.platform_not_registered');
    }
  });
});
