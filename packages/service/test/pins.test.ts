import assert from 'node:assert/strict';
import { generateKeyPairSync, sign } from 'node:crypto';
import { describe, it } from 'node:test';
import { NODE_PIN_CRYPTO, type PinSet, type RootDocument, signPinSet, signRoot } from '@assay/pins';
import { newestRoot, publishedPins, publishPinSet, publishRoot } from '@assay/service';
import { newerPins } from '../src/pins.ts';
import { APP, createTestPhone, createTestWorld, ISSUER, OTHER, START, withCode } from './support/world.ts';

const app = APP.package;
const SECONDS = START / 1_000;
const DAY = 86_400;

function createKey(kid: string) {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  const signer = {
    kid,
    sign: (bytes: Uint8Array) => sign('sha256', bytes, { key: privateKey, dsaEncoding: 'ieee-p1363' }),
  };
  return { jwk: { kty: 'EC' as const, crv: 'P-256' as const, x, y }, signer };
}

const [rootKey, pinsKey, replyKey, stranger] = ['root-1', 'pins-1', 'reply-1', 'stranger'].map(createKey) as [
  ...[ReturnType<typeof createKey>, ReturnType<typeof createKey>],
  ...[ReturnType<typeof createKey>, ReturnType<typeof createKey>],
];
const roleOf = ({ signer, jwk }: typeof rootKey) => ({ threshold: 1, keys: new Map([[signer.kid, jwk]]) });
const root = (change: Partial<RootDocument> = {}): RootDocument => ({
  ...{ app, env: ISSUER.env, v: 1, epoch: 1, iat: SECONDS - DAY, exp: SECONDS + 700 * DAY },
  roles: { root: roleOf(rootKey), pins: roleOf(pinsKey), reply: roleOf(replyKey) },
  ...change,
});
const pinOf = (name: string) => Buffer.from(NODE_PIN_CRYPTO.sha256(Buffer.from(name)) as Uint8Array).toString('base64');
const set = (change: Partial<PinSet> = {}): PinSet => ({
  ...{ app, env: ISSUER.env, epoch: 1, v: 1, iat: SECONDS, nbf: SECONDS, exp: SECONDS + 30 * DAY, refresh: DAY },
  hosts: [
    { h: 'api.example.com', sub: false, mode: 'enforce', exp: SECONDS + 60 * DAY, spki: [pinOf('a'), pinOf('b')] },
  ],
  on_expiry: 'keep',
  ...change,
});
const signedRoot = (change?: Partial<RootDocument>, by = rootKey) => signRoot(root(change), [by.signer]);
/** Signed as by a root that names this key: the publisher's own tool refuses less than a hostile one would. */
const signedSet = (change: Partial<PinSet> = {}, by = pinsKey) => {
  const own = root({ roles: { ...root().roles, pins: roleOf(by) } });
  const { app: name = app, env = ISSUER.env } = change;
  return signPinSet(set(change), [by.signer], { root: { ...own, app: name, env }, now: START, served: new Map() });
};

describe('publishing pins', () => {
  it('takes what clients take: signed by the pins key of the newest root, and newer', async () => {
    const { service } = await createTestWorld();
    assert.deepEqual(await publishedPins(service, ISSUER.iss, app), { roots: [], set: null });
    await assert.rejects(
      publishPinSet(service, 'ann', ISSUER, app, await signedSet()),
      withCode('service.pins_refused'),
    );
    await publishRoot(service, 'ann', ISSUER, app, await signedRoot());
    assert.equal((await newestRoot(service, ISSUER, app)).v, 1);
    await publishPinSet(service, 'ann', ISSUER, app, await signedSet({ v: 2 }));
    const published = await publishedPins(service, ISSUER.iss, app);
    assert.equal(published.roots.length, 1);
    assert.deepEqual(published.set, JSON.parse(await signedSetText(service)));
    await assert.rejects(
      publishPinSet(service, 'ann', ISSUER, app, await signedSet({ v: 2 })),
      withCodeLike(/^(?:service\.pins_refused|pins\.)/),
    );
    await assert.rejects(
      publishPinSet(service, 'ann', ISSUER, app, await signedSet({ v: 1 })),
      withCodeLike(/^pins\./),
    );
    await assert.rejects(
      publishPinSet(service, 'ann', ISSUER, app, await signedSet({ v: 3 }, stranger)),
      withCodeLike(/^pins\./),
    );
    await assert.rejects(
      publishPinSet(service, 'ann', ISSUER, app, await signedSet({ v: 3 }, rootKey)),
      withCodeLike(/^pins\./),
    );
    await assert.rejects(
      publishPinSet(service, 'ann', ISSUER, app, await signedSet({ v: 3, env: 'prod' })),
      withCodeLike(/^pins\./),
    );
    await assert.rejects(
      publishPinSet(service, 'ann', ISSUER, app, await signedSet({ v: 3, app: 'com.other' })),
      withCodeLike(/^pins\./),
    );
    await assert.rejects(
      publishPinSet(service, 'ann', OTHER, app, await signedSet({ v: 3 })),
      withCode('service.pins_refused'),
    );
    await publishPinSet(service, 'ann', ISSUER, app, await signedSet({ v: 3 }));
  });

  it('takes one of two sets that are published at once', async () => {
    const { service } = await createTestWorld();
    await publishRoot(service, 'ann', ISSUER, app, await signedRoot());
    const wires = await Promise.all([signedSet(), signedSet()]);
    const all = await Promise.allSettled(wires.map((wire) => publishPinSet(service, 'ann', ISSUER, app, wire)));
    assert.equal(all.filter(({ status }) => status === 'fulfilled').length, 1);
  });

  it('takes a new root from the holder of the old root keys alone, one version after the other', async () => {
    const { service } = await createTestWorld();
    await publishRoot(service, 'ann', ISSUER, app, await signedRoot());
    const roles = { root: roleOf(rootKey), pins: roleOf(stranger), reply: roleOf(replyKey) };
    const bad = withCodeLike(/^(?:service\.root_refused|pins\.)/);
    await assert.rejects(
      publishRoot(
        service,
        'ann',
        ISSUER,
        app,
        await signedRoot({ v: 2, roles: { ...root().roles, root: roleOf(stranger) } }, stranger),
      ),
      bad,
    );
    await assert.rejects(publishRoot(service, 'ann', ISSUER, app, await signedRoot({ v: 3, roles })), bad);
    await assert.rejects(publishRoot(service, 'ann', ISSUER, app, await signedRoot({ v: 1, roles })), bad);
    await publishRoot(service, 'ann', ISSUER, app, await signedRoot({ v: 2, roles }));
    await publishPinSet(service, 'ann', ISSUER, app, await signedSet({}, stranger));
    assert.equal((await publishedPins(service, ISSUER.iss, app)).roots.length, 2);
  });
});

describe('pins in replies', () => {
  it('ride along where the client holds older ones, refused or not', async () => {
    const world = await createTestWorld();
    const { service } = world;
    await publishRoot(service, 'ann', ISSUER, app, await signedRoot());
    await publishPinSet(service, 'ann', ISSUER, app, await signedSet({ v: 5 }));
    const has = async (held?: { epoch: number; v: number }) =>
      'pins' in (await newerPins(service, ISSUER.iss, app, held));
    assert.deepEqual(
      [
        await has(),
        await has({ epoch: 1, v: 4 }),
        await has({ epoch: 0, v: 9 }),
        await has({ epoch: 1, v: 5 }),
        await has({ epoch: 2, v: 1 }),
      ],
      [true, true, true, false, false],
    );
    for (const faults of [[], ['self-signed-boot']] as const) {
      const { body } = await createTestPhone(world, 'android', faults).ask('enrol');
      assert.ok(body.pins?.set !== undefined && body.pins.root !== undefined, body.result);
    }
  });
});

describe('pins in a reply of limited size', () => {
  it('come with the newest root documents alone, and the reply stays one that clients open', async () => {
    const { service, store } = await createTestWorld();
    await publishRoot(service, 'ann', ISSUER, app, await signedRoot());
    await publishPinSet(service, 'ann', ISSUER, app, await signedSet());
    const wires = Array.from({ length: 300 }, (_, at) => JSON.stringify({ v: at, filler: 'x'.repeat(500) }));
    await store.register(ISSUER.iss, 'root', app, JSON.stringify(wires), 1, START);
    const { pins } = await newerPins(service, ISSUER.iss, app, undefined);
    assert.ok(pins !== undefined && Array.isArray(pins.root));
    assert.ok(JSON.stringify(pins).length <= 21 * 1024);
    assert.deepEqual(pins.root.at(-1), JSON.parse(wires.at(-1) ?? ''));
    assert.ok(pins.root.length > 20 && pins.root.length < 300);
  });
});

async function signedSetText(service: Awaited<ReturnType<typeof createTestWorld>>['service']): Promise<string> {
  return (await service.store.newestPinSet(ISSUER.iss, app))?.document ?? '';
}

function withCodeLike(pattern: RegExp) {
  return (error: unknown): boolean => {
    assert.ok(error instanceof Error && 'code' in error, String(error));
    assert.match(String(error.code), pattern);
    return true;
  };
}
