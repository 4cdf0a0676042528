import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { describe, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { openWorld } from './support/world.ts';

/** The beginning of an Initial packet of version 1 (RFC 9000 17.2.2), padded as a client must. */
const INITIAL = Buffer.concat([Buffer.from('c300000001088394c8f03e51570800', 'hex'), Buffer.alloc(1_200)]);

describe('UDP beside the listener', () => {
  it('notices attempts at HTTP/3, each client once, and answers nothing', async (t) => {
    const world = await openWorld(t);
    assert.equal(world.stage.udp, true);
    const client = createSocket('udp4');
    t.after(() => client.close());
    client.on('message', () => assert.fail('answered'));
    const noise = [Buffer.alloc(0), Buffer.from('hello'), Buffer.alloc(1_200, 0x40), INITIAL, INITIAL, Buffer.alloc(9)];
    for (const datagram of noise) client.send(datagram, world.port, '127.0.0.1');
    const { way, closed, applicationBytes, host } = await world.only();
    assert.deepEqual([way, closed, applicationBytes, host], ['udp', 'timeout', 0, undefined]);
    await pause(20);
    assert.equal(world.stage.connections().length, 1);
  });

  it('is done without where the port is taken', async (t) => {
    const taken = createSocket('udp4');
    await new Promise<void>((resolve) => taken.bind(0, '127.0.0.1', resolve));
    t.after(() => taken.close());
    const world = await openWorld(t, { port: taken.address().port });
    assert.equal(world.stage.udp, false);
  });
});
