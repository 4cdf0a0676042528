import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Engine } from '../engines.ts';
import { NOW, newIssuer } from '../fixtures.ts';
import { describeStore } from './suite.ts';

/** Keys, registry, secrets, pins, audit, credentials, rejections: plain rows with compare-and-set. */
export function rowContract(engine: Engine): void {
  describeStore(engine, 'rows', (subject) => {
    it('keys: add once, change state by compare-and-set, replace what is gone', async () => {
      const { store } = subject;
      const iss = newIssuer();
      const key = { iss, use: 'token', kid: 'b', state: 'next', publicJwk: '{}', sealed: 'one' } as const;
      const row = { ...key, createdAt: NOW, changedAt: NOW };
      const older = { ...row, kid: 'z', createdAt: NOW - 1, publicJwk: null };
      assert.equal(await store.addKey(row), true);
      assert.equal(await store.addKey({ ...row, sealed: 'other' }), false);
      assert.equal(await store.addKey(older), true);
      assert.deepEqual(await store.keys(iss, 'token'), [older, row]);
      assert.deepEqual(await store.keys(iss, 'reply'), []);
      assert.equal(await store.setKeyState(iss, 'token', 'b', 'active', 'retiring', NOW), false);
      assert.equal(await store.setKeyState(iss, 'token', 'b', 'next', 'active', NOW + 1), true);
      const young = { ...row, publicJwk: null, sealed: 'two', createdAt: NOW + 2, changedAt: NOW + 2 };
      assert.equal(await store.replaceKey(young, 'one'), false, 'it is active');
      assert.equal(await store.setKeyState(iss, 'token', 'b', 'active', 'gone', NOW + 1), true);
      assert.equal(await store.replaceKey(young, 'none'), false);
      assert.equal(await store.replaceKey(young, 'one'), true);
      assert.equal(await store.replaceKey(young, 'one'), false);
      assert.deepEqual((await store.keys(iss, 'token'))[1], young);
    });

    it('registry: versions by compare-and-set', async () => {
      const { store } = subject;
      const iss = newIssuer();
      assert.equal(await store.registered(iss, 'app', 'bank'), undefined);
      assert.equal(await store.register(iss, 'app', 'bank', '{"a":1}', 1, NOW), false);
      assert.equal(await store.register(iss, 'app', 'bank', '{"a":1}', 0, NOW), true);
      assert.equal(await store.register(iss, 'app', 'bank', '{"a":2}', 0, NOW), false);
      assert.equal(await store.register(iss, 'app', 'bank', '{"a":2}', 1, NOW + 1), true);
      const registered = { value: '{"a":2}', version: 2, updatedAt: NOW + 1 };
      assert.deepEqual(await store.registered(iss, 'app', 'bank'), registered);
      await store.register(iss, 'app', 'Atlas', '{}', 0, NOW);
      const listed = (await store.listRegistered(iss, 'app')).map(({ id }) => id);
      assert.deepEqual(listed, ['Atlas', 'bank'], 'byte order on every engine');
      assert.deepEqual(await store.listRegistered(iss, 'api'), []);
    });

    it('secrets: the newest version of each', async () => {
      const { store } = subject;
      const iss = newIssuer();
      const maps = { iss, app: 'bank', name: 'maps', version: 9, sealed: 's9', rule: '{}', createdAt: NOW };
      const newer = { ...maps, version: 10, sealed: 's10' };
      const chat = { ...maps, name: 'chat', version: 1 };
      for (const row of [maps, newer, chat, { ...maps, app: 'other' }]) assert.equal(await store.addSecret(row), true);
      assert.equal(await store.addSecret({ ...maps, sealed: 'again' }), false);
      assert.deepEqual(await store.currentSecrets(iss, 'bank'), [chat, newer]);
      assert.equal(await store.rewrap('secret', [iss, 'bank', 'maps', 10], 's9', 'new'), false);
      assert.equal(await store.rewrap('secret', [iss, 'bank', 'maps', 10], 's10', 'new'), true);
      assert.equal((await store.currentSecrets(iss, 'bank'))[1]?.sealed, 'new');
    });

    it('pin sets: only newer ones, an epoch counts before a version', async () => {
      const { store } = subject;
      const iss = newIssuer();
      const row = { iss, app: 'bank', epoch: 1, version: 5, hash: 'h', document: '{"x":"é"}', publishedAt: NOW };
      assert.equal(await store.newestPinSet(iss, 'bank'), undefined);
      assert.equal(await store.addPinSet(row), true);
      assert.equal(await store.addPinSet({ ...row, hash: 'other' }), false);
      assert.equal(await store.addPinSet({ ...row, version: 4 }), false);
      assert.deepEqual(await store.newestPinSet(iss, 'bank'), row);
      assert.equal(await store.addPinSet({ ...row, epoch: 2, version: 1 }), true);
      assert.equal(await store.addPinSet({ ...row, version: 6 }), false);
      assert.deepEqual(await store.newestPinSet(iss, 'bank'), { ...row, epoch: 2, version: 1 });
      assert.equal(await store.newestPinSet(iss, 'other'), undefined);
    });

    it('audit: append once, read on from a number', async () => {
      const { store } = subject;
      const iss = newIssuer();
      const row = (seq: number) => ({
        ...{ iss, seq, at: NOW + seq, actor: 'ann', act: 'app.add', subject: 'bank' },
        ...{ detail: '{}', previous: `h${seq - 1}`, hash: `h${seq}` },
      });
      assert.equal(await store.lastAudit(iss), undefined);
      for (const seq of [1, 2, 3]) assert.equal(await store.appendAudit(row(seq)), true);
      assert.equal(await store.appendAudit({ ...row(3), hash: 'forged' }), false);
      assert.deepEqual(await store.lastAudit(iss), row(3));
      assert.deepEqual(await store.audit(iss, 0, 2), [row(1), row(2)]);
      assert.deepEqual(await store.audit(iss, 2, 2), [row(3)]);
    });

    it('credentials: found by digest, revoked once', async () => {
      const { store } = subject;
      const id = newIssuer();
      const credential = {
        id,
        digest: `d ${id}`,
        scopes: '["read"]',
        createdAt: NOW,
        expiresAt: null,
        revokedAt: null,
      };
      assert.equal(await store.addCredential(credential), true);
      assert.equal(await store.addCredential({ ...credential, digest: 'other' }), false);
      assert.equal(await store.addCredential({ ...credential, id: `${id}2` }), false, 'one digest, one credential');
      assert.deepEqual(await store.credentialByDigest(credential.digest), credential);
      assert.equal(await store.credentialByDigest('unknown'), undefined);
      assert.equal(await store.revokeCredential(id, NOW + 1), true);
      assert.equal(await store.revokeCredential(id, NOW + 2), false);
      assert.equal((await store.credentials()).find((one) => one.id === id)?.revokedAt, NOW + 1);
    });

    it('rejections: counts add up by hour, samples newest first', async () => {
      const { store } = subject;
      const iss = newIssuer();
      const sample = (support: string, at: number) => ({
        ...{ iss, app: 'bank', code: 'apple.nonce', at, support: `${support} ${iss}` },
        ...{ checks: [], addressHmac: 'mac' },
      });
      const [one, two] = [sample('one', NOW), sample('two', NOW + 1)];
      await store.recordRejections(iss, 'bank', NOW, { 'apple.nonce': 2 }, [one, two], 2);
      await store.recordRejections(iss, 'bank', NOW, { 'apple.nonce': 3 }, [sample('three', NOW + 2)], 2);
      await store.recordRejections(iss, 'bank', NOW - 1, { 'apple.nonce': 1 }, [], 2);
      const counted = { app: 'bank', hour: NOW, code: 'apple.nonce', count: 5 };
      assert.deepEqual(await store.rejectionCounts(iss, NOW), [counted]);
      assert.deepEqual(await store.rejectionSamples(iss, 10), [two, one]);
      assert.deepEqual(await store.rejectionBySupport(iss, one.support), one);
      assert.equal(await store.rejectionBySupport(iss, 'unknown'), undefined);
    });
  });
}
