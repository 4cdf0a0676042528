import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { RegistryStore } from '@assay/core';
import { createRegistry } from '@assay/service';
import { withCode } from '../support/world.ts';

const API = 'https://api.example.com';
const document = JSON.stringify({ audience: API, label: 'API' });

function fakeStore(read: () => string | undefined) {
  const calls: string[] = [];
  const store: RegistryStore = {
    registered: async (iss, kind, id) => {
      calls.push(`${iss} ${kind} ${id}`);
      const value = read();
      return value === undefined ? undefined : { value, version: 1, updatedAt: 0 };
    },
    listRegistered: async () => [],
    register: async () => false,
  };
  return { store, calls };
}

describe('registry', () => {
  it('reads through a short memory, absent documents too', async () => {
    let now = 0;
    let value: string | undefined;
    const { store, calls } = fakeStore(() => value);
    const registry = createRegistry(store, () => now);
    assert.equal(await registry.api('i', API), undefined);
    value = document;
    assert.equal(await registry.api('i', API), undefined);
    assert.equal(calls.length, 1);
    now += 2_000;
    assert.equal((await registry.api('i', API))?.lifetime, 300);
    registry.forget();
    await registry.api('i', API);
    assert.equal(calls.length, 3);
  });

  it('reads a changed document after the clock was set back', async () => {
    let now = 3_600_000;
    let value: string | undefined;
    const registry = createRegistry(fakeStore(() => value).store, () => now);
    assert.equal(await registry.api('i', API), undefined);
    value = document;
    now = 0;
    assert.equal((await registry.api('i', API))?.audience, API);
  });

  it('keeps issuers and kinds apart', async () => {
    const { store, calls } = fakeStore(() => undefined);
    const registry = createRegistry(store, () => 0);
    await Promise.all([registry.app('i', 'x'), registry.app('j', 'x'), registry.api('i', 'x')]);
    assert.equal(new Set(calls).size, 3);
  });

  it('asks again after a read that failed', async () => {
    let fails = true;
    const { store } = fakeStore(() => {
      if (fails) throw new Error('the store is away');
      return document;
    });
    const registry = createRegistry(store, () => 0);
    await assert.rejects(registry.api('i', API));
    fails = false;
    assert.equal((await registry.api('i', API))?.audience, API);
  });

  it('holds a stored document that is no longer valid against the operator, not the device', async () => {
    for (const value of ['{}', JSON.stringify({ audience: API, label: 'API', extra: 1 })]) {
      const registry = createRegistry(fakeStore(() => value).store, () => 0);
      await assert.rejects(registry.api('i', API), withCode('service.document_invalid'));
    }
  });

  it('stays bounded when names are made up', async () => {
    const { store, calls } = fakeStore(() => undefined);
    const registry = createRegistry(store, () => 0);
    for (let i = 0; i < 10_001; i++) await registry.app('i', `app-${i}`);
    await registry.app('i', 'app-1');
    assert.equal(calls.length, 10_002);
  });
});
