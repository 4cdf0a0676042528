import assert from 'node:assert/strict';
import { describe, it, mock } from 'node:test';
import { presetOf } from '@assay/policy';
import { createPolicyKeeper, policyOf } from '@assay/service';
import { createTestWorld, ISSUER, OTHER, registerPolicy, type TestWorld, withCode } from './support/world.ts';

const { iss } = ISSUER;
const TEXT = (presetOf('strict')?.source ?? '').replace(/^name: .*$/m, 'name: house');

/** Adds a version as another process would: this one is not told. */
async function addElsewhere({ store, hands }: TestWorld, version: number, source: string) {
  const row = { iss, name: 'house', version, source, author: 'ann', createdAt: hands.now, restores: null };
  assert.equal(await store.addPolicyVersion(row), true);
}

describe('the policy in force', () => {
  it('is the newest stored one, else a preset, else a fault of the operator', async () => {
    const world = await createTestWorld();
    const { service } = world;
    await assert.rejects(policyOf(service, iss, 'house'), withCode('service.policy_unknown'));
    await registerPolicy(world, 'house', TEXT);
    await registerPolicy(world, 'house', `${TEXT}\n# second\n`);
    assert.equal((await policyOf(service, iss, 'house')).version, 2);
    assert.equal(await policyOf(service, iss, 'banking'), presetOf('banking'));
    await assert.rejects(policyOf(service, OTHER.iss, 'house'), withCode('service.policy_unknown'));
  });

  it('of another process is taken up within seconds, and compiled once', async () => {
    const world = await createTestWorld();
    const { service, store, hands } = world;
    await registerPolicy(world, 'house', TEXT);
    const first = await policyOf(service, iss, 'house');
    await addElsewhere(world, 2, `${TEXT}\n# second\n`);
    assert.equal(await policyOf(service, iss, 'house'), first);
    hands.now += 2_000;
    const second = await policyOf(service, iss, 'house');
    assert.equal(second.version, 2);
    const reads = mock.method(store, 'newestPolicy');
    for (let count = 0; count < 100; count++) assert.equal(await policyOf(service, iss, 'house'), second);
    hands.now += 2_000;
    assert.equal(await policyOf(service, iss, 'house'), second, 'the same object: it was not compiled again');
    assert.equal(reads.mock.callCount(), 1);
  });

  it('is the text that is stored, also where a restored database has another one under a known number', async () => {
    const world = await createTestWorld();
    const { service, store, hands } = world;
    await registerPolicy(world, 'house', TEXT);
    assert.equal((await policyOf(service, iss, 'house')).source, TEXT);
    const other = `${TEXT}\n# another\n`;
    const row = { iss, name: 'house', version: 1, source: other, author: 'ann', createdAt: 0, restores: null };
    mock.method(store, 'newestPolicy', async () => row);
    hands.now += 2_000;
    assert.equal((await policyOf(service, iss, 'house')).source, other);
  });

  it('is the last good version where the newest no longer compiles, which is an alarm', async () => {
    const world = await createTestWorld();
    const { service, hands } = world;
    await registerPolicy(world, 'house', TEXT);
    await addElsewhere(world, 2, 'rules: 1');
    await addElsewhere(world, 3, TEXT.replace('name: house', 'name: another'));
    hands.now += 2_000;
    assert.equal((await policyOf(service, iss, 'house')).version, 1);
    assert.deepEqual(await service.policies.broken(iss), [
      { name: 'house', version: 3, code: 'policy.document_invalid' },
    ]);
  });

  it('is a fault where no version ever compiled, and never the preset of that name', async () => {
    const world = await createTestWorld();
    const row = { iss, name: 'strict', version: 1, source: '', author: 'hand', createdAt: 0, restores: null };
    await world.store.addPolicyVersion(row);
    await assert.rejects(policyOf(world.service, iss, 'strict'), withCode('policy.document_invalid'));
  });
});

describe('a recorded version', () => {
  it('is found among the stored ones and the presets of this release', async () => {
    const world = await createTestWorld();
    await registerPolicy(world, 'house', TEXT);
    await registerPolicy(world, 'house', `${TEXT}\n# second\n`);
    const { policies } = world.service;
    assert.equal((await policies.findVersion(iss, 'house', 1))?.source, TEXT);
    assert.equal(await policies.findVersion(iss, 'house', 3), undefined);
    assert.equal(await policies.findVersion(iss, 'strict', 1), presetOf('strict'));
    assert.equal(await policies.findVersion(iss, 'strict', 2), undefined);
  });

  it('is forgotten when too many others were compiled, and compiled again', async () => {
    const world = await createTestWorld();
    const keeper = createPolicyKeeper(world.store, () => world.hands.now);
    for (let version = 1; version <= 258; version++) await addElsewhere(world, version, `${TEXT}\n# ${version}\n`);
    const first = await keeper.findVersion(iss, 'house', 1);
    for (let version = 2; version <= 258; version++) await keeper.findVersion(iss, 'house', version);
    const again = await keeper.findVersion(iss, 'house', 1);
    assert.ok(first !== again && first?.source === again?.source);
  });
});
