import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createReplayMemory } from '../../src/dpop/replay.ts';
import { NOW, withCode } from '../kit.ts';

describe('createReplayMemory', () => {
  it('knows a key until its end, whatever end it is asked with', () => {
    let now = NOW;
    const memory = createReplayMemory({ clock: () => now });
    assert.equal(memory.remember('a', NOW + 60_000), true);
    assert.equal(memory.remember('a', NOW + 60_000), false);
    assert.equal(memory.remember('a', NOW + 300_000), false);
    now = NOW + 60_000;
    assert.equal(memory.remember('a', NOW + 60_000), false);
    now = NOW + 71_000;
    assert.equal(memory.remember('a', now + 60_000), true);
  });

  it('refuses when full, rather than forget, and has room again when keys end', () => {
    let now = NOW;
    const memory = createReplayMemory({ clock: () => now, capacity: 2 });
    for (const key of ['a', 'b']) assert.equal(memory.remember(key, NOW + 1000), true);
    assert.throws(() => memory.remember('c', NOW + 1000), withCode('tokens.replay_memory_full'));
    assert.equal(memory.remember('a', NOW + 1000), false);
    now = NOW + 20_000;
    assert.equal(memory.remember('c', now + 1000), true);
  });
});
