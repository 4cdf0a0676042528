import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createRenewing } from '../../src/vendors/renewing.ts';

/** Values that are good for a second. */
function counting() {
  const hands = { now: 10_000, made: 0, fails: false };
  const renewing = createRenewing(
    () => hands.now,
    async () => {
      hands.made += 1;
      if (hands.fails) throw new RangeError('no value');
      return { value: hands.made, goodForMs: 1_000 };
    },
  );
  return { hands, ...renewing };
}

describe('a value that is renewed', () => {
  it('is made once for all who ask at once, and kept for its time', async () => {
    const { hands, get } = counting();
    assert.deepEqual(await Promise.all([get(), get(), get()]), [1, 1, 1]);
    hands.now += 999;
    assert.equal(await get(), 1);
    hands.now += 1;
    assert.equal(await get(), 2);
  });

  it('keeps nothing of a failure', async () => {
    const { hands, get } = counting();
    hands.fails = true;
    await assert.rejects(get(), RangeError);
    hands.fails = false;
    assert.equal(await get(), 2);
  });

  it('is made anew once it was dropped, by whoever held that very value', async () => {
    const { get, drop } = counting();
    drop(await get());
    assert.equal(await get(), 2);
    drop(1);
    assert.equal(await get(), 2);
  });

  it('does not live longer because a clock was set back', async () => {
    const { hands, get } = counting();
    await get();
    hands.now -= 1;
    assert.equal(await get(), 2);
  });
});
