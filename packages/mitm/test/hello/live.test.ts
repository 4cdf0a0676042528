import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, it } from 'node:test';
import { connect } from 'node:tls';
import { parseClientHello } from '../../src/hello/client-hello.ts';
import type { ClientHello } from '../../src/observation.ts';

/** The first hello that comes to a listener while `act` runs, fed in the pieces in which it came. */
async function captured(act: (port: number) => void): Promise<ClientHello> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  assert.ok(typeof address === 'object' && address !== null);
  const connection = once(server, 'connection');
  act(address.port);
  const [socket] = await connection;
  let octets = Buffer.alloc(0);
  try {
    for await (const piece of socket) {
      octets = Buffer.concat([octets, piece]);
      const reading = parseClientHello(octets);
      if (reading.kind === 'more') continue;
      assert.ok(reading.kind === 'hello', JSON.stringify(reading));
      assert.equal(reading.length, octets.length);
      return reading.hello;
    }
  } finally {
    socket.destroy();
    server.close();
  }
  throw new Error('no hello came');
}

const run = (command: string, ...words: readonly string[]): void =>
  void spawn(command, words, { stdio: 'ignore' }).on('error', () => undefined);

/** A reason to skip where the program is absent. */
const absent = (command: string): string | false =>
  spawnSync(command, ['--version'], { stdio: 'ignore' }).status === 0 ? false : `${command} is not installed`;

describe('hellos as they come', { timeout: 30_000 }, () => {
  it('from Node', async () => {
    const hello = await captured((port) => {
      const options = { host: '127.0.0.1', port, servername: 'node.assay.test', ALPNProtocols: ['h2', 'http/1.1'] };
      connect({ ...options, requestOCSP: true }).on('error', () => undefined);
    });
    assert.equal(hello.serverName, 'node.assay.test');
    assert.deepEqual(hello.alpn, ['h2', 'http/1.1']);
    assert.ok(hello.versions.includes(0x0304) && hello.asksForStaple && !hello.offersSession);
    assert.match(hello.ja4, /^t13d\d{4}h2_[0-9a-f]{12}_[0-9a-f]{12}$/);
  });

  it('from curl', { skip: absent('curl') }, async () => {
    const hello = await captured((port) =>
      run(
        'curl',
        '-sk',
        '--noproxy',
        '*',
        '--resolve',
        `c.assay.test:${port}:127.0.0.1`,
        `https://c.assay.test:${port}/`,
      ),
    );
    assert.equal(hello.serverName, 'c.assay.test');
    assert.match(hello.ja4, /^t1[23]d\d{4}h[12]_/);
  });

  it('from OpenSSL, without a server name', {
    skip: spawnSync('openssl', ['version']).status === 0 ? false : 'openssl is not installed',
  }, async () => {
    const words = ['-noservername', '-tls1_2', '-status'];
    const hello = await captured((port) => run('openssl', 's_client', '-connect', `127.0.0.1:${port}`, ...words));
    assert.deepEqual([hello.serverName, hello.asksForStaple], [undefined, true]);
    assert.match(hello.ja4, /^t12i\d{4}00_/);
  });

  it('from Python', { skip: absent('python3') }, async () => {
    const script = (port: number): string =>
      `import socket, ssl\nssl._create_unverified_context().wrap_socket(socket.create_connection(("127.0.0.1", ${port})), server_hostname="py.assay.test")`;
    const hello = await captured((port) => run('python3', '-c', script(port)));
    assert.equal(hello.serverName, 'py.assay.test');
    assert.match(hello.ja4, /^t13d\d{4}00_/);
  });
});
