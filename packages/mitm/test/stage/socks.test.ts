import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ask, curl, hasCurl, Wire } from './support/clients.ts';
import { HOST, openWorld, PATH, SIBLING } from './support/world.ts';

const NO_AUTHENTICATION = Buffer.from('050100', 'hex');

/** A request for CONNECT to what a type and an address say. */
function requestFor(type: number, address: Uint8Array, port = 443): Buffer {
  return Buffer.concat([Buffer.from([5, 1, 0, type]), address, Buffer.from([port >> 8, port & 0xff])]);
}

function domain(name: string): Buffer {
  return Buffer.concat([Buffer.from([name.length]), Buffer.from(name, 'latin1')]);
}

/** The reply's code, after a greeting that was accepted. */
async function replyTo(port: number, request: Uint8Array): Promise<readonly [wire: Wire, reply: number | undefined]> {
  const wire = new Wire(port).say(NO_AUTHENTICATION);
  assert.deepEqual([...(await wire.hear(2))], [5, 0]);
  const reply = await wire.say(request).hear(10);
  return [wire, reply[1]];
}

describe('SOCKS 5', () => {
  it('opens a tunnel to a host by its name', async (t) => {
    const world = await openWorld(t);
    const [wire, reply] = await replyTo(world.port, requestFor(3, domain(HOST.toUpperCase()), 8443));
    assert.equal(reply, 0);
    assert.equal((await ask(wire)).status, 200);
    const { way, host, port, requests } = await world.only();
    assert.deepEqual([way, host, port, requests.length], ['socks5', HOST, 8443, 1]);
  });

  for (const [what, type, address, host] of [
    ['version 4', 1, '01020304', '1.2.3.4'],
    ['version 6', 4, `20010db8${'0'.repeat(22)}01`, '2001:db8::1'],
  ] as const) {
    it(`opens a tunnel to an address of ${what}, where the name in the ClientHello decides`, async (t) => {
      const world = await openWorld(t, { hosts: [HOST, host] });
      const [wire, reply] = await replyTo(world.port, requestFor(type, Buffer.from(address, 'hex')));
      assert.equal(reply, 0);
      assert.equal((await ask(wire)).status, 200);
      const [nameless] = await replyTo(world.port, requestFor(type, Buffer.from(address, 'hex')));
      await ask(nameless, { servername: '', checkServerIdentity: () => undefined });
      const all = await world.ended(2);
      assert.deepEqual(
        all.map((one) => [one.host, one.handshake]),
        [
          [HOST, 'completed'],
          [host, 'completed'],
        ],
      );
    });
  }

  it('takes octets one by one', async (t) => {
    const world = await openWorld(t);
    const wire = new Wire(world.port);
    wire.socket.setNoDelay(true);
    for (const octet of NO_AUTHENTICATION) wire.say(Buffer.from([octet]));
    assert.equal((await wire.hear(2)).length, 2);
    for (const octet of requestFor(3, domain(SIBLING))) wire.say(Buffer.from([octet]));
    assert.equal((await wire.hear(10))[1], 0);
    wire.end();
  });

  for (const [what, request, reply] of [
    ['a host that nobody named', requestFor(3, domain('stranger.example.test')), 2],
    ['a name that is none', requestFor(3, domain('a b')), 1],
    ['an empty name', requestFor(3, domain('')), 1],
    ['no port', requestFor(3, domain(HOST), 0), 1],
    ['BIND', Buffer.from('05020001010203040050', 'hex'), 7],
    ['an unknown type of address', Buffer.from('05010002010203040050', 'hex'), 8],
    ['another version', Buffer.from('04010001010203040050', 'hex'), 1],
  ] as const) {
    it(`refuses ${what} with ${reply}`, async (t) => {
      const world = await openWorld(t, { forgedFor: () => assert.fail('asked') });
      const [wire, heard] = await replyTo(world.port, request);
      assert.equal(heard, reply);
      assert.equal((await wire.hearAll()).length, 0);
      assert.equal((await world.only()).closed, 'by-us');
    });
  }

  it('refuses a client that insists on a password', async (t) => {
    const world = await openWorld(t);
    const heard = await new Wire(world.port).say(Buffer.from('050102', 'hex')).hearAll();
    assert.deepEqual([...heard], [5, 0xff]);
  });

  for (const scheme of ['socks5', 'socks5h']) {
    it(`serves curl by ${scheme}`, { skip: !hasCurl }, async (t) => {
      const world = await openWorld(t);
      const words = [
        '-x',
        `${scheme}://127.0.0.1:${world.port}`,
        '--resolve',
        `${HOST}:443:192.0.2.1`,
        '--cacert',
        '{ca}',
      ];
      assert.equal((await curl(t, ...words, `https://${HOST}${PATH}`)).status, 0);
      const { way, host, requests } = await world.only();
      assert.deepEqual([way, host, requests[0]?.marked], ['socks5', HOST, true]);
    });
  }
});
