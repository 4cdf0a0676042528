import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from 'node:test';
import {
  beginExchange,
  type Exchanged,
  enterFacade,
  exchangeAssertion,
  exchangeAttestation,
  type FacadeResource,
  makeFacadeChallenge,
  toArtifact,
} from '@assay/service';
import { createVirtualAppAttest } from '@assay/virtual-devices';
import {
  API,
  APP,
  createTestWorld,
  ISSUER,
  OTHER,
  random,
  registerApp,
  roots,
  type TestWorld,
  withCode,
} from '../../support/world.ts';

const RESOURCE: FacadeResource = { project: 'acme', app: APP.package };
const FACADE = { appCheckFacade: { project: 'acme', audience: API } };
const CALLER = { address: '192.0.2.7' };

const hash = (...parts: readonly Uint8Array[]) => createHash('sha256').update(Buffer.concat(parts)).digest();

/** A phone with one key, and the scene that a request of it happens in. */
function createPhone(world: TestWorld) {
  const appAttest = createVirtualAppAttest({ roots, app: APP, random, clock: () => world.hands.now });
  const key = appAttest.generateKey();
  const keyId = Buffer.from(key, 'base64');
  const enter = (issuer = ISSUER) => enterFacade(world.service, issuer, RESOURCE, CALLER);
  return {
    enter,
    async attest(challenge?: Uint8Array): Promise<Exchanged> {
      const scene = await enter();
      const given = challenge ?? makeFacadeChallenge(scene);
      const attestation = appAttest.attestKey(key, hash(given));
      return exchangeAttestation(await beginExchange(scene, false), { keyId, attestation, challenge: given });
    },
    async assert(jkt: string): Promise<Exchanged> {
      const scene = await enter();
      const [artifact, challenge] = [toArtifact(jkt), makeFacadeChallenge(scene)];
      const assertion = appAttest.generateAssertion(key, hash(artifact, challenge));
      return exchangeAssertion(await beginExchange(scene, false), { artifact, assertion, challenge });
    },
  };
}

describe('a resource', () => {
  it('is there for the app and project that are registered together', async () => {
    const world = await createTestWorld(FACADE);
    await createPhone(world).enter();
    for (const wrong of [{ project: 'other' }, { app: 'com.example.none' }]) {
      const entering = enterFacade(world.service, ISSUER, { ...RESOURCE, ...wrong }, CALLER);
      await assert.rejects(entering, withCode('service.facade_unknown'));
    }
  });

  it('is not there for an app without', async () => {
    await assert.rejects(createPhone(await createTestWorld()).enter(), withCode('service.facade_unknown'));
  });
});

describe('a challenge', () => {
  it('is good for its own issuer alone', async () => {
    const world = await createTestWorld(FACADE);
    const phone = createPhone(world);
    const foreign = makeFacadeChallenge(await phone.enter(OTHER));
    await assert.rejects(phone.attest(foreign), withCode('tokens.challenge_invalid'));
  });

  it('of our own client is none', async () => {
    const phone = createPhone(await createTestWorld(FACADE));
    await assert.rejects(phone.attest(Buffer.alloc(39, 1)), withCode('tokens.challenge_purpose'));
  });
});

describe('a record', () => {
  it('holds what it does of every other decision, and the address as a mark', async () => {
    const world = await createTestWorld(FACADE);
    const attested = await createPhone(world).attest();
    assert.equal(attested.outcome, 'issued');
    const appraisal = await world.store.appraisalBySupport(ISSUER.iss, attested.support);
    assert.equal(appraisal?.record.sdk, 'app-check-core');
    assert.equal(appraisal?.record.evidenceDigests[0]?.role, 'apple-attest');
    assert.ok(appraisal?.record.addressHmac && !JSON.stringify(appraisal).includes('192.0.2'));
    assert.ok(appraisal.record.certificates.length > 0);
    const results = world.events.flatMap((event) => (event.type === 'appraisal' ? [event.result] : []));
    assert.deepEqual(results, ['ok']);
  });

  it('follows an update of the app over its assertions', async () => {
    const world = await createTestWorld(FACADE);
    const phone = createPhone(world);
    const attested = await phone.attest();
    assert.ok(attested.outcome === 'issued');
    world.hands.now += 60_000;
    const asserted = await phone.assert(attested.jkt);
    assert.equal(asserted.outcome, 'issued');
    const appraisal = await world.store.appraisalBySupport(ISSUER.iss, asserted.support);
    assert.deepEqual(
      [appraisal?.purpose, appraisal?.lineage],
      ['refresh', (await world.store.instance(ISSUER.iss, attested.jkt))?.lineage],
    );
    assert.ok(appraisal?.facts.history.freshHours.known === 'proven');
  });
});

describe('the API of a facade', () => {
  it('takes bearer tokens', async () => {
    const world = await createTestWorld(FACADE);
    const put = async (change: object) => {
      const version = (await world.store.registered(ISSUER.iss, 'api', API))?.version ?? 0;
      const document = JSON.stringify({ audience: API, label: 'API', ...change });
      await world.store.register(ISSUER.iss, 'api', API, document, version, world.hands.now);
      world.service.registry.forget();
    };
    for (const change of [{ shape: 'attestation' }, { minimum: 'substantial' }]) {
      await put(change);
      await assert.rejects(createPhone(world).attest(), withCode('service.facade_api_unfit'));
    }
    await registerApp(world, ISSUER.iss, FACADE);
    assert.equal((await createPhone(world).attest()).outcome, 'issued');
  });
});
