import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type { Store } from '@assay/core';
import { authenticate, createIssuer, createIssuers, SCOPES, verifyAudit } from '@assay/service';
import { openSqlite } from '@assay/store';
import { writeFirstCredential } from '../src/operator-token.ts';

const NOW = Date.UTC(2026, 10, 21);
const issuers = createIssuers(
  ['dev', 'test'].map((env) => createIssuer('https://attest.example.com', 'acme', env, 'development')),
);

describe('writeFirstCredential', () => {
  let folder: string;
  let store: Store;
  let path: string;
  const talk: string[] = [];
  const write = () =>
    writeFirstCredential(
      { store, issuers, clock: () => NOW, random: (length) => new Uint8Array(randomBytes(length)) },
      path,
      (line) => talk.push(line),
    );

  beforeEach(async () => {
    talk.length = 0;
    folder = mkdtempSync(join(tmpdir(), 'assay-token-'));
    path = join(folder, 'data', 'operator-token');
    store = await openSqlite({ path: join(folder, 'assay.db') });
  });
  afterEach(async () => {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('writes a credential with every scope, for this user alone, and says where but not what', async () => {
    await write();
    const token = readFileSync(path, 'utf8').trim();
    const operator = await authenticate(store, NOW, token);
    assert.deepEqual([...(operator?.scopes ?? [])].sort(), [...SCOPES].sort());
    if (process.platform !== 'win32') assert.equal(statSync(path).mode & 0o777, 0o600);
    assert.ok(talk.join().includes(path) && !talk.join().includes(token));
    assert.deepEqual(readdirSync(join(folder, 'data')), ['operator-token']);
  });

  it('is not kept from it by what a crash of a process with the same number left lying', async () => {
    mkdirSync(join(folder, 'data'));
    writeFileSync(`${path}.${process.pid}`, '');
    await write();
    assert.ok((await authenticate(store, NOW, readFileSync(path, 'utf8').trim())) !== undefined);
  });

  it('says so in every chain', async () => {
    await write();
    for (const iss of issuers.keys()) {
      const { actor, act, subject } = (await store.lastAudit(iss)) ?? {};
      assert.deepEqual([actor, act, subject], ['assay:first-start', 'credential.create', 'first-operator']);
      assert.deepEqual(await verifyAudit(store, iss), { rows: 1 });
    }
  });

  it('makes one only for an installation without any, also when that one is revoked', async () => {
    await write();
    const first = readFileSync(path, 'utf8');
    const [credential] = await store.credentials();
    await store.revokeCredential(credential?.id ?? '', NOW);
    await write();
    assert.equal(readFileSync(path, 'utf8'), first);
    assert.equal((await store.credentials()).length, 1);
  });

  it('replaces what an earlier installation left, its mode too', async () => {
    mkdirSync(join(folder, 'data'));
    writeFileSync(path, 'old', { mode: 0o644 });
    await write();
    assert.match(readFileSync(path, 'utf8'), /^assay_admin_/);
    if (process.platform !== 'win32') assert.equal(statSync(path).mode & 0o777, 0o600);
  });

  it('makes no credential that nobody could learn', async () => {
    writeFileSync(join(folder, 'data'), 'a file where the folder should be');
    await assert.rejects(write());
    assert.deepEqual(await store.credentials(), []);
    assert.equal(existsSync(path), false);
  });
});
