import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import { after, describe, it } from 'node:test';
import { type Front, openFront } from '../../../src/mitm/phone/front.ts';

const HOST = 'api.assay.test';
const closing: (() => unknown)[] = [];
after(async () => {
  for (const close of closing) await close();
});

/** Says its name to whoever comes. */
async function named(name: string): Promise<{ address: string; port: number }> {
  const server: Server = createServer((socket) => socket.on('error', () => {}).end(name));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  closing.push(() => server.close());
  return { address: '127.0.0.1', port: (server.address() as AddressInfo).port };
}

async function front(hosts: ReadonlyMap<string, { address: string; port: number }> = new Map()): Promise<Front> {
  const opened = await openFront({
    address: '127.0.0.1',
    port: 0,
    clock: Date.now,
    random: randomBytes,
    connect: hosts,
  });
  closing.push(() => opened.close());
  return opened;
}

/** What is said behind a tunnel; of one that is refused the status. */
const behind = (port: number, host: string): Promise<string> =>
  new Promise((resolve) => {
    let said = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(`CONNECT ${host}:443 HTTP/1.1\r\n\r\n`));
    socket.on('data', (part) => {
      said += part;
    });
    socket
      .on('error', () => {})
      .on('close', () => resolve(said.replace(/^HTTP\/1\.1 200[^\n]*\r\n\r\n/, '').slice(0, 12)));
  });

describe('the front', () => {
  it('carries a named host to the case that is shown, and nowhere between two', async () => {
    const { port, send, hold } = await front(new Map([[HOST, await named('its own server')]]));
    hold(HOST);
    assert.equal(await behind(port, HOST), '');
    send(HOST, await named('case one'));
    assert.equal(await behind(port, HOST), 'case one');
    hold(HOST);
    assert.equal(await behind(port, HOST), '', 'never to its own server');
    send(HOST, await named('case two'));
    assert.equal(await behind(port, HOST.toUpperCase()), 'case two');
  });

  it('carries others to themselves, and knows them', async () => {
    const { port, strangers } = await front(new Map([['other.assay.test', await named('other')]]));
    assert.equal(await behind(port, 'other.assay.test'), 'other');
    assert.deepEqual([...strangers()], ['other.assay.test']);
    assert.equal(await behind(port, 'nobody.invalid'), 'HTTP/1.1 403');
  });

  it('shows pages of the harness to whoever asks the proxy for them', async () => {
    const { port, offer, strangers } = await front();
    offer('127.0.0.1:443', await named('the page'));
    assert.equal(await behind(port, '127.0.0.1'), 'the page');
    assert.deepEqual([...strangers()], []);
  });
});
