import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { authenticate, createCredential } from '@assay/service';
import { openTestStore, random, START } from '../support/world.ts';

const store = await openTestStore();
const make = async (id: string, expiresAt: number | null = null): Promise<string> => {
  const made = await createCredential(store, random, () => START, id, ['read', 'pins'], expiresAt);
  assert.ok(made !== 'exists');
  return made.token;
};

describe('operator credential', () => {
  it('opens what its scopes say', async () => {
    const operator = await authenticate(store, START, await make('ci'));
    assert.deepEqual([operator?.id, [...(operator?.scopes ?? [])]], ['ci', ['read', 'pins']]);
  });

  it('is shown once and stored as a digest', async () => {
    const token = await make('once');
    const row = (await store.credentials()).find(({ id }) => id === 'once');
    assert.ok(row !== undefined && !JSON.stringify(row).includes(token.slice(12)));
    assert.match(token, /^assay_admin_[A-Za-z0-9_-]{43}$/);
  });

  it('has a name of its own', async () => {
    await make('twice');
    assert.equal(await createCredential(store, random, () => START, 'twice', ['read'], null), 'exists');
  });

  it('ends at its time, and when it is revoked', async () => {
    const short = await make('short', START + 10);
    assert.ok(await authenticate(store, START + 9, short));
    assert.equal(await authenticate(store, START + 10, short), undefined);
    const gone = await make('gone');
    await store.revokeCredential('gone', START);
    assert.equal(await authenticate(store, START, gone), undefined);
  });

  for (const token of ['', 'assay_admin_', 'assay_admin_x', 'x'.repeat(200), `assay_admin_${'A'.repeat(200)}`]) {
    it(`is not ${JSON.stringify(token.slice(0, 20))}`, async () => {
      assert.equal(await authenticate(store, START, token), undefined);
    });
  }
});
