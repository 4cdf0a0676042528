import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { describe, it } from 'node:test';
import { openLine } from '../../src/stage/line.ts';
import { openLog } from '../../src/stage/log.ts';

describe('the line to a client', () => {
  for (const [what, saysGoodbye, closed] of [
    ['closed, where it had said goodbye', true, 'fin'],
    ['reset, where it had not', false, 'reset'],
  ] as const) {
    it(`that breaks was ${what}`, async (t) => {
      const server = createServer().listen(0, '127.0.0.1');
      t.after(() => server.close());
      await once(server, 'listening');
      const address = server.address();
      const client = connect(typeof address === 'object' && address !== null ? address.port : 0, '127.0.0.1');
      const [[socket]] = await Promise.all([once(server, 'connection'), once(client, 'connect')]);
      const log = openLog(1, 'direct', Date.now, () => {});
      const line = openLine(socket.resume(), log);
      if (saysGoodbye) line.goodbye();
      client.resetAndDestroy();
      await line.over;
      assert.equal(log.now().closed, closed);
    });
  }
});
