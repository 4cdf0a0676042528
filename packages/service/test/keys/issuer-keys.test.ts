import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type KeyStore, type KeyUse, UpstreamError } from '@assay/core';
import { createKek, createKekRing, openRow, sealRow } from '@assay/secrets';
import { createKeyKeeper } from '@assay/service';
import { generateSigningKey } from '@assay/tokens';
import { createKeyRow } from '../../src/keys/issuer-keys.ts';
import { ISSUER, OTHER, openTestStore, random, START, withCode } from '../support/world.ts';

const USES: readonly KeyUse[] = ['challenge', 'token', 'reply', 'record'];
const { iss } = ISSUER;

async function world() {
  const store = await openTestStore();
  const hands = { now: START };
  const kek = createKekRing([createKek(random)], random);
  const ports = { store, kek, random, clock: () => hands.now };
  return { store, hands, ports, keeper: createKeyKeeper(ports) };
}

const idsOf = async (keeper: ReturnType<typeof createKeyKeeper>) => {
  const { token, reply, record } = await keeper.of(iss);
  return [token.kid, reply.kid, record.export().toString('hex')];
};

describe('keys of an issuer', () => {
  it('are made once, and are the issuer’s own', async () => {
    const { ports, keeper } = await world();
    const first = await idsOf(keeper);
    assert.deepEqual(await idsOf(createKeyKeeper(ports)), first);
    assert.notEqual((await keeper.of(OTHER.iss)).token.kid, first[0]);
  });

  it('are the same at every replica soon after a race for the first ones', async () => {
    const { ports, hands } = await world();
    const replicas = Array.from({ length: 4 }, () => createKeyKeeper(ports));
    await Promise.all(replicas.map((replica) => replica.of(iss)));
    hands.now += 5_000;
    const settled = await Promise.all(replicas.map(idsOf));
    assert.equal(new Set(settled.map((ids) => ids.join())).size, 1);
  });

  it('are read again within seconds', async () => {
    const { store, keeper, hands } = await world();
    const before = await keeper.of(iss);
    await store.setKeyState(iss, 'token', before.token.kid, 'active', 'retiring', hands.now);
    assert.equal((await keeper.of(iss)).token.kid, before.token.kid);
    hands.now += 5_000;
    const after = await keeper.of(iss);
    assert.notEqual(after.token.kid, before.token.kid);
    assert.ok(after.published.some(({ kid, state }) => kid === before.token.kid && state === 'retiring'));
  });

  it('are read again after the clock was set back', async () => {
    const { store, keeper, hands } = await world();
    const before = await keeper.of(iss);
    await store.setKeyState(iss, 'token', before.token.kid, 'active', 'gone', hands.now);
    hands.now -= 86_400_000;
    assert.notEqual((await keeper.of(iss)).token.kid, before.token.kid);
  });

  it('are asked for again after the store failed', async () => {
    const { store, ports } = await world();
    let fails = true;
    const flaky: KeyStore = {
      ...store,
      keys: async (...args) => {
        if (fails) throw new Error('the store is away');
        return store.keys(...args);
      },
    };
    const keeper = createKeyKeeper({ ...ports, store: flaky });
    await assert.rejects(keeper.of(iss));
    fails = false;
    assert.ok(await keeper.of(iss));
  });

  it('publish no key that is gone, and no private half', async () => {
    const { store, keeper, hands } = await world();
    const { token } = await keeper.of(iss);
    await store.setKeyState(iss, 'token', token.kid, 'active', 'gone', hands.now);
    keeper.forget();
    const { published } = await keeper.of(iss);
    assert.ok(!published.some(({ kid }) => kid === token.kid));
    assert.deepEqual(Object.keys(published[0]?.publicJwk ?? {}).toSorted(), ['crv', 'kty', 'x', 'y']);
  });
});

describe('a database that another writes to', () => {
  it('gets no key published that the key-encryption key did not seal', async () => {
    const { store, ports } = await world();
    await createKeyKeeper(ports).of(iss);
    const [own] = await store.keys(iss, 'token');
    assert.ok(own !== undefined);
    const { key } = generateSigningKey();
    const publicJwk = JSON.stringify(key.publicJwk);
    for (const state of ['next', 'retiring'] as const) {
      await store.addKey({ ...own, kid: `${key.kid}${state}`, publicJwk, state });
    }
    const { published, unproven } = await createKeyKeeper(ports).of(iss);
    assert.deepEqual(
      published.map(({ kid }) => kid),
      [own.kid],
    );
    assert.equal(unproven, 2);
  });

  it('gets no public half exchanged', async () => {
    const { store, ports } = await world();
    await createKeyKeeper(ports).of(iss);
    const publicJwk = JSON.stringify(generateSigningKey().key.publicJwk);
    const keys: KeyStore['keys'] = async (...args) =>
      (await store.keys(...args)).map((row) => (row.publicJwk === null ? row : { ...row, publicJwk }));
    assert.deepEqual((await createKeyKeeper({ ...ports, store: { ...store, keys } }).of(iss)).published, []);
  });
});

describe('keys whose rotation was cut off', () => {
  it('go on with the successor, and no key is made beside it', async () => {
    const { store, ports, hands, keeper } = await world();
    const { token } = await keeper.of(iss);
    const successor = await createKeyRow(ports, iss, 'token', 'next', 0);
    await store.addKey(successor);
    await store.setKeyState(iss, 'token', token.kid, 'active', 'gone', hands.now);
    keeper.forget();
    assert.equal((await keeper.of(iss)).token.kid, successor.kid);
    assert.equal((await store.keys(iss, 'token')).length, 2);
  });
});

describe('a slipped-in successor', () => {
  it('does not come into use: it does not open', async () => {
    const { store, ports, hands, keeper } = await world();
    const { token } = await keeper.of(iss);
    const foreign = { ...ports, kek: createKekRing([createKek(random)], random) };
    const forged = { ...(await createKeyRow(foreign, iss, 'token', 'next', 0)), createdAt: hands.now - 1 };
    await store.addKey(forged);
    await store.setKeyState(iss, 'token', token.kid, 'active', 'gone', hands.now);
    keeper.forget();
    const { token: signs, unproven } = await keeper.of(iss);
    assert.notEqual(signs.kid, forged.kid);
    assert.equal(unproven, 1);
  });

  it('is not told from our own while the key-encryption key is away: nothing is decided', async () => {
    const { store, ports, hands, keeper } = await world();
    const { token } = await keeper.of(iss);
    await store.addKey(await createKeyRow(ports, iss, 'token', 'next', 0));
    await store.setKeyState(iss, 'token', token.kid, 'active', 'gone', hands.now);
    const before = await store.keys(iss, 'token');
    const away = new UpstreamError('store.unavailable', 'the key service is away', true);
    const kek = { ...ports.kek, unwrap: () => Promise.reject(away) };
    await assert.rejects(createKeyKeeper({ ...ports, kek }).of(iss), withCode('store.unavailable'));
    assert.deepEqual(await store.keys(iss, 'token'), before);
  });
});

describe('a stolen database', () => {
  it('signs nothing: no row opens without the key-encryption key', async () => {
    const { store, keeper, ports } = await world();
    const keys = await keeper.of(iss);
    const thief = createKekRing([createKek(random)], random);
    const rows = (await Promise.all(USES.map((use) => store.keys(iss, use)))).flat();
    assert.equal(rows.length, USES.length);
    for (const { use, kid, sealed } of rows) {
      const place = ['key', iss, use, kid] as const;
      const secret = await openRow(ports.kek, sealed, place);
      await assert.rejects(openRow(thief, sealed, place), withCode('secrets.kek_unknown'));
      const text = JSON.stringify(rows);
      for (const form of ['base64', 'base64url', 'hex'] as const) {
        assert.ok(!text.includes(Buffer.from(secret).toString(form)), use);
      }
    }
    assert.ok(!JSON.stringify(rows).includes(keys.record.export().toString('base64url')));
  });

  it('whose rows are moved opens nothing either: a row belongs to its issuer, use and name', async () => {
    const { store, ports, hands } = await world();
    const [row] = (await createKeyKeeper(ports).of(iss)) && (await store.keys(iss, 'record'));
    assert.ok(row !== undefined);
    await store.addKey({ ...row, iss: OTHER.iss });
    await assert.rejects(createKeyKeeper(ports).of(OTHER.iss), withCode('secrets.row_not_opened'));
    const [token] = await store.keys(iss, 'token');
    assert.ok(token !== undefined);
    await store.addKey({ ...token, kid: 'another', createdAt: hands.now + 1 });
    hands.now += 5_000;
    await assert.rejects(createKeyKeeper(ports).of(iss), withCode('secrets.row_not_opened'));
    const forged = await sealRow(ports.kek, new Uint8Array(32), ['key', iss, 'record', '2'], random);
    assert.ok(await store.rewrap('key', [iss, 'record', row.kid], row.sealed, forged));
    await assert.rejects(createKeyKeeper(ports).of(iss), withCode('secrets.row_not_opened'));
  });
});
