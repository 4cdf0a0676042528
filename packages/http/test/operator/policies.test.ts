import assert from 'node:assert/strict';
import { describe, it, mock } from 'node:test';
import { presetOf } from '@assay/policy';
import {
  ADMIN,
  APP,
  BASE,
  createHttpWorld,
  type HttpWorld,
  JSON_TYPE,
  prepareEnrolment,
  registerApp,
} from '../support/world.ts';

/** The text of a preset under another name. */
function textOf(preset: string, name = 'house'): string {
  const { source = '' } = presetOf(preset) ?? {};
  return source.replace(/^name: .*$/m, `name: ${name}`);
}
const STRICT = textOf('strict');
/** Without its rule about the bootloader. */
const LAX = STRICT.replace(/^ {2}- id: android\.locked\n(?: {4}.*\n)+/m, '');

async function createWorld(app: object = {}) {
  const world = await createHttpWorld();
  await registerApp(world);
  const put = (source: string, query = '', name = 'house') =>
    world.operate('PUT', `${ADMIN}/policies/${name}${query}`, { source });
  assert.equal((await put(STRICT)).statusCode, 200);
  await changeApp(world, { policy: 'house', ...app });
  return { ...world, world, put };
}

async function changeApp({ operate }: HttpWorld, change: object) {
  const [{ document, version }] = (await operate('GET', `${ADMIN}/apps`)).json();
  return operate('PUT', `${ADMIN}/apps/${APP.package}?version=${version}`, { ...document, ...change });
}

async function enrol(world: HttpWorld) {
  const { body } = await prepareEnrolment(world);
  await world.publicApp.inject({ method: 'POST', url: `${BASE}/v1/attest`, headers: JSON_TYPE, payload: body });
  const [appraisal] = await world.service.store.appraisals(world.iss, { limit: 1 });
  assert.ok(appraisal !== undefined);
  return appraisal;
}

describe('a policy', () => {
  it('is put into force by version, and judges from then on', async () => {
    const { put, operate, world } = await createWorld();
    const changed = (await put(LAX, '?version=1')).json();
    assert.deepEqual([changed.name, changed.base, changed.version, changed.loosens], ['house', 1, 2, 'yes']);
    assert.equal((await enrol(world)).verdict.policy, 'house@2');
    const page = (await operate('GET', `${ADMIN}/policies/house`)).json();
    assert.deepEqual([page.version, page.source, page.preset, page.broken], [2, LAX, false, null]);
    assert.deepEqual(page.usedBy, [
      { app: APP.package, cohort: null, rollout: { stage: 'enforce' }, twoPersons: false },
    ]);
    const { stored, presets } = (await operate('GET', `${ADMIN}/policies`)).json();
    assert.deepEqual([stored.length, stored[0].version, 'source' in stored[0]], [1, 2, false]);
    assert.ok(presets.length >= 9);
    const first = (await operate('GET', `${ADMIN}/policies/house/versions/1`)).json();
    assert.equal(first.source, STRICT);
  });

  it('is only looked at with `check`, and only followed from the version that its author saw', async () => {
    const { put, service, iss } = await createWorld();
    const looked = (await put(LAX, '?check=true')).json();
    assert.deepEqual([looked.loosens, 'version' in looked, 'proposal' in looked], ['yes', false, false]);
    assert.match((await put(LAX, '?version=0')).json().detail, /^service\.conflict/);
    assert.equal((await service.store.newestPolicy(iss, 'house'))?.version, 1);
  });

  it('says what a change would have done to the appraisals of the last days', async () => {
    const { put, world } = await createWorld();
    await changeApp(world, { policy: 'permissive' });
    for (let count = 0; count < 3; count++) await enrol(world);
    await changeApp(world, { policy: 'house' });
    world.hands.now += 1_000;
    const closed = STRICT.replace(
      /^rules:$/m,
      'rules:\n  - id: nobody\n    require: platform == "web"\n    otherwise: { tier: contraindicated, code: policy.requirement_unmet }\n    why: Nobody.',
    );
    const { impact, loosens } = (await put(closed, '?check=true')).json();
    assert.deepEqual([impact.apps, impact.simulated, impact.perDay, impact.complete], [[APP.package], 3, 3, true]);
    assert.deepEqual([impact.newlyRefused, impact.newlyRefusedShare, loosens], [3, 1, 'no']);
    assert.equal(impact.topCohort.appraisals, 3);
  });

  it('returns to an older text as a new version', async () => {
    const { put, operate, service, iss } = await createWorld();
    await put(LAX);
    const back = (await operate('POST', `${ADMIN}/policies/house/rollback`, { version: 1 })).json();
    assert.deepEqual([back.version, back.loosens], [3, 'no']);
    const versions = (await operate('GET', `${ADMIN}/policies/house/versions`)).json();
    assert.deepEqual(
      versions.map(({ version, restores }: { version: number; restores: number | null }) => [version, restores]),
      [
        [3, 1],
        [2, null],
        [1, null],
      ],
    );
    assert.match(
      (await operate('POST', `${ADMIN}/policies/house/rollback`, { version: 9 })).json().detail,
      /policy_version_unknown/,
    );
    const acts = (await service.store.audit(iss, 0, 500))
      .filter(({ subject }) => subject === 'house')
      .map(({ act }) => act);
    assert.deepEqual(acts, ['policy.apply', 'policy.apply', 'policy.rollback']);
  });

  const broken: readonly (readonly [string, string, RegExp])[] = [
    ['not YAML', 'a: [', /document_invalid.*1:/],
    ['not a policy', 'hello', /document_invalid.*1:1/],
    ['without rules', STRICT.replace(/^rules:[\s\S]*?^(?=\w)/m, ''), /document_invalid/],
    ['with a slip in a fact', STRICT.replace('device.locked', 'device.loked'), /document_invalid.*\d+:\d+/],
    ['of another name', textOf('strict', 'other'), /document_invalid.*the name house/],
    ['with further members', `${STRICT}\nadmin: true\n`, /document_invalid.*admin/],
    [
      'of many aliases',
      `a: &a [1,1,1,1,1,1,1,1,1]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: [*b,*b,*b,*b,*b,*b]\n`,
      /document_invalid/,
    ],
  ];
  for (const [name, source, detail] of broken) {
    it(`that is ${name} is refused whole, and the one in force stays`, async () => {
      const { put, service, iss } = await createWorld();
      const response = await put(source);
      assert.equal(response.statusCode, 400, response.body);
      assert.match(response.json().detail, detail);
      assert.equal((await service.store.newestPolicy(iss, 'house'))?.source, STRICT);
    });
  }

  it('never takes the name of a preset', async () => {
    const { put } = await createWorld();
    assert.match((await put(textOf('permissive', 'strict'), '', 'strict')).json().detail, /^service\.policy_reserved/);
  });

  it('that no longer compiles leaves the last good version in force, and says so', async () => {
    const { service, iss, operate, world, hands } = await createWorld();
    const row = { iss, name: 'house', version: 2, source: 'rules: 1', author: 'hand', createdAt: 0, restores: null };
    await service.store.addPolicyVersion(row);
    hands.now += 5_000;
    assert.equal((await enrol(world)).verdict.policy, 'house@1');
    const { broken } = (await operate('GET', `${ADMIN}/policies`)).json();
    assert.deepEqual(broken, [{ name: 'house', version: 2, code: 'policy.document_invalid' }]);
    assert.equal((await operate('GET', `${ADMIN}/policies/house`)).json().version, 1);
  });

  it('is mended where none of its versions compiles any more, by two persons where two are asked for', async () => {
    const { put, service, iss, operate } = await createWorld({ twoPersons: true });
    const row = { iss, name: 'old', version: 1, source: 'rules: 1', author: 'hand', createdAt: 0, restores: null };
    await service.store.addPolicyVersion(row);
    const mended = await put(textOf('strict', 'old'), '', 'old');
    assert.equal(mended.json().version, 2, mended.body);
    await service.store.addPolicyVersion({ ...row, name: 'worn' });
    const [{ document, version }] = (await operate('GET', `${ADMIN}/apps`)).json();
    const judged = JSON.stringify({ ...document, policy: 'worn' });
    await service.store.register(iss, 'app', APP.package, judged, version, 0);
    const proposed = (await put(textOf('strict', 'worn'), '', 'worn')).json();
    assert.match(proposed.proposal ?? '', /^[0-9a-f]{32}$/);
    assert.equal(proposed.loosens, 'maybe');
  });
});

describe('a change that loosens what a guarded app enforces', () => {
  const GUARDED = { twoPersons: true };
  /** Calls by two different credentials. */
  async function persons(world: HttpWorld) {
    const [ann, ben] = [
      await world.credential('policies', 'read', 'apps'),
      await world.credential('policies', 'read', 'apps'),
    ];
    const by = (headers: typeof ann) => (method: 'PUT' | 'POST' | 'GET', url: string, payload?: object) =>
      world.operatorApp.inject({
        method,
        url: `${ADMIN}/${url}`,
        headers,
        ...(payload === undefined ? {} : { payload }),
      });
    return { ann: by(ann), ben: by(ben) };
  }

  it('waits for a second person, who sees what it does', async () => {
    const { world, service, iss } = await createWorld(GUARDED);
    const { ann, ben } = await persons(world);
    const { proposal, guarded, version } = (await ann('PUT', 'policies/house', { source: LAX })).json();
    assert.deepEqual([guarded, version], [[APP.package], undefined]);
    assert.equal((await service.store.newestPolicy(iss, 'house'))?.version, 1);
    assert.match((await ann('POST', `proposals/${proposal}/approve`)).json().detail, /^service\.proposal_own/);
    const page = (await ben('GET', `proposals/${proposal}`)).json();
    assert.deepEqual([page.proposal.state, page.source, page.plan.loosens], ['open', LAX, 'yes']);
    assert.deepEqual((await ben('POST', `proposals/${proposal}/approve`)).json(), { name: 'house', version: 2 });
    assert.match((await ben('POST', `proposals/${proposal}/approve`)).json().detail, /^service\.proposal_unknown/);
    assert.equal((await service.store.newestPolicy(iss, 'house'))?.source, LAX);
    const acts = (await service.store.audit(iss, 0, 500))
      .map(({ act }) => act)
      .filter((act) => act.startsWith('policy.'));
    assert.deepEqual(acts, ['policy.apply', 'policy.propose', 'policy.approve']);
  });

  it('is made at once where it tightens, and by a rollback only where that tightens', async () => {
    const { world } = await createWorld();
    const { ann } = await persons(world);
    await ann('PUT', 'policies/house', { source: LAX });
    await changeApp(world, GUARDED);
    assert.equal((await ann('PUT', 'policies/house', { source: STRICT })).json().version, 3);
    const back = (await ann('POST', 'policies/house/rollback', { version: 2 })).json();
    assert.deepEqual([back.version, typeof back.proposal], [undefined, 'string']);
  });

  it('lapses by time, and when another change came in between', async () => {
    const { world, hands } = await createWorld(GUARDED);
    const { ann, ben } = await persons(world);
    const propose = async () => (await ann('PUT', 'policies/house', { source: LAX })).json().proposal;
    const first = await propose();
    await ben('PUT', 'policies/house', { source: `${STRICT}\n# newer\n` });
    assert.match((await ben('POST', `proposals/${first}/approve`)).json().detail, /proposal_lapsed.*overtaken/);
    const second = await propose();
    hands.now += 7 * 86_400_000;
    assert.match((await ben('POST', `proposals/${second}/approve`)).json().detail, /proposal_lapsed.*expired/);
    assert.equal((await ann('POST', `proposals/${second}/withdraw`)).json().state, 'withdrawn');
    const open = (await ann('GET', 'proposals')).json();
    assert.deepEqual(
      open.map(({ id, state }: { id: string; state: string }) => [id, state]),
      [[first, 'expired']],
    );
  });

  const LOOSENED: Readonly<Record<string, object>> = {
    'a laxer policy': { policy: 'permissive' },
    'a lower stage': { rollout: { stage: 'monitor' } },
    'a smaller share': { rollout: { stage: 'enforce', percent: 10 } },
    'a signer of one’s own': {
      android: { packages: [{ name: APP.package, signers: [{ sha256: 'cd'.repeat(32), label: 'mine' }] }] },
    },
    'a cohort': { cohorts: [{ name: 'early', policy: 'permissive', percent: 100 }] },
    'evidence of simulators': { dev: true },
    'no second person any more': { twoPersons: false },
  };
  for (const [name, change] of Object.entries(LOOSENED)) {
    it(`is no way around it: ${name} in the app waits too`, async () => {
      const { world, service, iss } = await createWorld(GUARDED);
      const before = await service.store.registered(iss, 'app', APP.package);
      const { proposal } = (await changeApp(world, change)).json();
      assert.equal(typeof proposal, 'string');
      assert.deepEqual(await service.store.registered(iss, 'app', APP.package), before);
      const { ben } = await persons(world);
      const page = (await ben('GET', `proposals/${proposal}`)).json();
      assert.deepEqual([page.plan, page.before], [null, before?.value]);
      assert.equal((await ben('POST', `proposals/${proposal}/approve`)).json().name, `app:${APP.package}`);
      assert.notDeepEqual(await service.store.registered(iss, 'app', APP.package), before);
    });
  }

  it('does not hold up what lets nobody in', async () => {
    const { world } = await createWorld(GUARDED);
    const changed = await changeApp(world, { label: 'The bank', shadows: ['permissive'], retainEvidenceDays: 1 });
    assert.equal(typeof changed.json().version, 'number', changed.body);
  });

  it('does not pile up without end', async () => {
    const { world } = await createWorld(GUARDED);
    const { ann } = await persons(world);
    for (let count = 0; count < 100; count++) {
      assert.equal((await ann('PUT', 'policies/house', { source: LAX })).statusCode, 200);
    }
    assert.match((await ann('PUT', 'policies/house', { source: LAX })).json().detail, /^service\.proposals_many/);
  });
});

describe('an appraisal that no policy can judge', () => {
  it('refuses a policy, and stands in the way of no change of the app', async () => {
    const { put, world, service } = await createWorld();
    const { id, at: _, facts, verdict, lineage } = await enrol(world);
    const row = {
      id,
      at: Number.NaN,
      app: APP.package,
      purpose: 'enrol',
      platform: 'android',
      lineage,
      facts,
      verdict,
    } as const;
    mock.method(service.store, 'appraisedFacts', async () => [row]);
    const refused = await put(LAX);
    assert.equal(refused.statusCode, 400, refused.body);
    assert.match(refused.json().detail, /policy\.evaluation_failed/);
    const { version, impact } = (await changeApp(world, { policy: 'permissive' })).json();
    assert.deepEqual([typeof version, impact.simulated, impact.newlyRefused], ['number', 1, 0]);
  });
});
