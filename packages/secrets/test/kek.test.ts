import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { assertKeyChecks, createKekRing, keyCheckOf } from '@assay/secrets';
import { kek, random, ringOf, withCode } from './examples.ts';

const [first, second] = [kek('first'), kek('second')];
const rowKey = random(32);

describe('ring of key-encryption keys', () => {
  it('wraps under the first key and unwraps under every key', async () => {
    const old = await ringOf(first).wrap(rowKey);
    const ring = ringOf(second, first);
    assert.equal(ring.currentId, second.id);
    assert.deepEqual(await ring.unwrap(first.id, old), rowKey);
    assert.deepEqual(await ring.unwrap(second.id, await ring.wrap(rowKey)), rowKey);
  });

  it('wraps the same key differently each time', async () => {
    const ring = ringOf(first);
    assert.notDeepEqual(await ring.wrap(rowKey), await ring.wrap(rowKey));
  });

  it('tells a missing key from a wrong one, by ids only', async () => {
    const wrapped = await ringOf(first).wrap(rowKey);
    const impostor = { id: first.id, key: second.key };
    const cases = [
      [ringOf(second), 'secrets.kek_unknown'],
      [ringOf(impostor), 'secrets.kek_wrong'],
    ] as const;
    for (const [ring, code] of cases) {
      await assert.rejects(ring.unwrap(first.id, wrapped), (error: Error) => {
        assert.ok(
          !JSON.stringify([error.message, error]).includes(Buffer.from(second.key).toString('base64url').slice(0, 8)),
        );
        return withCode(code)(error) && error.message.includes(first.id);
      });
    }
  });

  it('opens nothing that was cut', async () => {
    const wrapped = await ringOf(first).wrap(rowKey);
    for (const length of [0, 11, 12, 27, 59]) {
      await assert.rejects(ringOf(first).unwrap(first.id, wrapped.subarray(0, length)), withCode('secrets.kek_wrong'));
    }
  });

  it('does not take one key’s wrapping for another id of the same key', async () => {
    const twin = { id: 'other', key: first.key };
    const wrapped = await ringOf(first).wrap(rowKey);
    await assert.rejects(ringOf(twin).unwrap('other', wrapped), withCode('secrets.kek_wrong'));
  });

  it('refuses an empty ring, twins, malformed ids and short keys', () => {
    assert.throws(() => createKekRing([], random), withCode('secrets.kek_missing'));
    for (const keks of [
      [first, { ...second, id: first.id }],
      [{ ...first, id: 'a.b' }],
      [{ ...first, key: random(16) }],
    ]) {
      assert.throws(() => createKekRing(keks, random), withCode('secrets.kek_file_malformed'));
    }
  });
});

describe('key check values', () => {
  it('know the key again, and no other', () => {
    assertKeyChecks([first, second], [keyCheckOf(first)]);
    const cases = [
      [[second], 'secrets.kek_unknown'],
      [[{ id: first.id, key: second.key }], 'secrets.kek_check_failed'],
    ] as const;
    for (const [keks, code] of cases) assert.throws(() => assertKeyChecks(keks, [keyCheckOf(first)]), withCode(code));
  });

  it('depend on key and id', () => {
    const checks = [first, second, { ...first, id: 'x' }].map((each) => keyCheckOf(each).check);
    assert.equal(new Set(checks).size, 3);
  });
});
