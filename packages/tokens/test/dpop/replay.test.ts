import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createReplayMemory } from '../../src/dpop/replay.ts';
import { NOW, withCode } from '../kit.ts';

describe('createReplayMemory', () => {
  it('knows a key until its end, whatever end it is asked with', () => {
    let now = NOW;
    const memory = createReplayMemory({ clock: () => now });
    assert.equal(memory.remember('a', NOW + 60_000, 'holder'), true);
    assert.equal(memory.remember('a', NOW + 60_000, 'holder'), false);
    assert.equal(memory.remember('a', NOW + 300_000, 'holder'), false);
    now = NOW + 60_000;
    assert.equal(memory.remember('a', NOW + 60_000, 'holder'), false);
    now = NOW + 71_000;
    assert.equal(memory.remember('a', now + 60_000, 'holder'), true);
  });

  it('refuses when full, rather than forget, and has room again when keys end', () => {
    let now = NOW;
    const memory = createReplayMemory({ clock: () => now, capacity: 2 });
    for (const key of ['a', 'b']) assert.equal(memory.remember(key, NOW + 1000, 'holder'), true);
    assert.throws(() => memory.remember('c', NOW + 1000, 'holder'), withCode('tokens.replay_memory_full'));
    assert.equal(memory.remember('a', NOW + 1000, 'holder'), false);
    now = NOW + 20_000;
    assert.equal(memory.remember('c', now + 1000, 'holder'), true);
  });

  it('gives one holder no more than its share', () => {
    let now = NOW;
    const memory = createReplayMemory({ clock: () => now, capacity: 10, share: 2 });
    assert.equal(memory.remember('a', NOW + 1000, 'flooder'), true);
    assert.equal(memory.remember('b', NOW + 30_000, 'flooder'), true);
    assert.throws(() => memory.remember('c', NOW + 1000, 'flooder'), withCode('tokens.replay_memory_full'));
    assert.equal(memory.remember('a', NOW + 1000, 'flooder'), false);
    assert.equal(memory.remember('d', NOW + 1000, 'other'), true);
    now = NOW + 20_000;
    assert.equal(memory.remember('c', now + 1000, 'flooder'), true);
    assert.throws(() => memory.remember('e', now + 1000, 'flooder'), withCode('tokens.replay_memory_full'));
  });
});
