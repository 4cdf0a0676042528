import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { RawRecipe } from '../../src/recipe.ts';
import { ask, openConnect } from './support/clients.ts';
import { openWorld } from './support/world.ts';

/** Enough for a ClientHello, also on a busy machine. */
const SHORT = { handshakeMs: 2_000, idleMs: 10_000 };

describe('a server that is none', () => {
  for (const [kind, error, closed, spoke] of [
    ['closed', 'ECONNRESET', 'by-us', false],
    ['held', 'ECONNRESET', 'timeout', false],
    ['garbage', 'ERR_SSL_WRONG_VERSION_NUMBER', 'fin', false],
  ] as const satisfies readonly (readonly [RawRecipe['kind'], string, string, boolean])[]) {
    it(`is ${kind} after the ClientHello`, async (t) => {
      const world = await openWorld(t, { recipe: { raw: { kind } }, ...(kind === 'held' && { timeouts: SHORT }) });
      const answer = await ask(await openConnect(world.port));
      assert.equal(answer.error, error);
      const connection = await world.only();
      assert.equal(connection.closed, closed);
      assert.equal(connection.certificateSent, spoke);
      assert.deepEqual([connection.handshake, connection.applicationBytes], ['none', 0]);
      assert.ok(connection.hello !== undefined);
    });
  }

  it('speaks SSL 3.0, whatever was offered', async (t) => {
    const world = await openWorld(t, { recipe: { raw: { kind: 'ssl3' } } });
    const answer = await ask(await openConnect(world.port));
    assert.ok(answer.error?.startsWith('ERR_SSL_'), answer.error);
    const connection = await world.only();
    assert.deepEqual([connection.version, connection.alert?.code], ['SSLv3', 70]);
  });
});
