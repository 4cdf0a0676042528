import assert from 'node:assert/strict';
import type { Socket } from 'node:net';
import { describe, it } from 'node:test';
import { parseProxy } from '../../../src/pins/net/proxy.ts';
import { inProcess } from '../../support/assay.ts';
import { mint } from '../../support/certificates.ts';
import { conversing, relay, serving } from '../../support/listeners.ts';

const root = mint({ subject: 'Test Root' });
const leaf = mint({ subject: 'api.example.com', issuer: root, names: ['api.example.com'] });

/** A CONNECT proxy that passes everything on to one address; `asked` keeps what it was asked. */
function connectProxy(asked: string[], status = '200 OK'): (socket: Socket, to: string) => void {
  return (socket, to) =>
    socket.once('data', (chunk) => {
      asked.push(chunk.toString());
      socket.write(`HTTP/1.1 ${status}\r\nVia: test\r\n\r\n`);
      if (status.startsWith('2')) relay(socket, to);
    });
}

/** A SOCKS5 proxy; `password` is what it wants, where it wants one. */
function socksProxy(asked: string[], { password, reply = 0 }: { password?: string; reply?: number } = {}) {
  return (socket: Socket, to: string): void => {
    const request = () =>
      socket.once('data', (chunk) => {
        asked.push(chunk.subarray(5, 5 + (chunk[4] ?? 0)).toString());
        socket.write(Uint8Array.of(5, reply, 0, 1, 127, 0, 0, 1, 0, 80));
        if (reply === 0) relay(socket, to);
      });
    socket.once('data', (methods) => {
      const method = password === undefined ? 0 : 2;
      if (!methods.subarray(2).includes(method)) return void socket.write(Uint8Array.of(5, 0xff));
      socket.write(Uint8Array.of(5, method));
      if (password === undefined) return void request();
      return void socket.once('data', (login) => {
        const isRight = login.toString('latin1').endsWith(password);
        socket.write(Uint8Array.of(1, isRight ? 0 : 1));
        if (isRight) request();
      });
    });
  };
}

const through = (proxy: string, env: Readonly<Record<string, string>> = {}) =>
  inProcess(['pins', 'get', 'api.example.com', '--proxy', proxy, '--timeout', '3'], { env });

/** A proxy with a password, which only the environment may hold. */
const withPassword = (proxy: string) => through('env', { HTTPS_PROXY: proxy });

describe('proxies', { concurrency: true }, () => {
  it('are asked to connect by CONNECT, with the name of the host', async () => {
    const [asked, to]: [string[], string] = [[], await serving([leaf])];
    const proxy = await conversing((socket) => connectProxy(asked)(socket, to));
    const { code, stdout, stderr } = await withPassword(`http://me:secret@${proxy}`);
    assert.equal(code, 0, stderr);
    assert.ok(stdout.includes(leaf.pin));
    assert.match(asked[0] ?? '', /^CONNECT api\.example\.com:443 HTTP\/1\.1\r\n/);
    assert.match(asked[0] ?? '', /Proxy-Authorization: Basic bWU6c2VjcmV0\r\n/);
  });

  it('are asked by SOCKS5, which resolves the name', async () => {
    const [asked, to]: [string[], string] = [[], await serving([leaf])];
    const open = await conversing((socket) => socksProxy(asked)(socket, to));
    assert.equal((await through(`socks5://${open}`)).code, 0);
    assert.deepEqual(asked, ['api.example.com']);
    const closed = await conversing((socket) => socksProxy(asked, { password: 'secret' })(socket, to));
    assert.equal((await withPassword(`socks5h://me:secret@${closed}`)).code, 0);
    const wrong = await withPassword(`socks5://me:guess@${closed}`);
    assert.deepEqual([wrong.code, /does not take the credentials/.test(wrong.stderr)], [3, true]);
    assert.match((await through(`socks5://${closed}`)).stderr, /no method/);
  });

  it('of SOCKS5 may not choose what nobody offered', async () => {
    const greedy = await conversing((socket) => socket.once('data', () => socket.write(Uint8Array.of(5, 2))));
    assert.match((await through(`socks5://${greedy}`)).stderr, /no method/);
  });

  it('may refuse', async () => {
    const denied = await conversing((socket) => connectProxy([], '407 Who')(socket, ''));
    const { code, stderr } = await withPassword(`http://me:secret@${denied}`);
    assert.equal(code, 3);
    assert.match(stderr, /407 Who/);
    assert.doesNotMatch(stderr, /secret|bWU6/);
    const socks = await conversing((socket) => socksProxy([], { reply: 5 })(socket, ''));
    assert.match((await through(`socks5://${socks}`)).stderr, /the proxy answers 5/);
  });

  it('are taken from the environment only when that is asked for', async () => {
    const [asked, to]: [string[], string] = [[], await serving([leaf])];
    const proxy = await conversing((socket) => connectProxy(asked)(socket, to));
    const env = { HTTPS_PROXY: `http://${proxy}` };
    assert.equal((await through('env', env)).code, 0);
    assert.equal(asked.length, 1);
    const direct = await inProcess(['pins', 'get', 'api.example.com', '--connect', to], { env });
    assert.deepEqual([direct.code, asked.length], [0, 1]);
  });

  it('take no password from the command line, and do not repeat it', async () => {
    const { code, stderr } = await through('http://me:secret@127.0.0.1:9');
    assert.deepEqual([code, stderr.includes('secret')], [2, false]);
    assert.match(stderr, /--proxy env/);
  });

  it('are refused in other forms, without repeating them', async () => {
    for (const form of [
      'ftp://me:secret@host:1',
      'secret',
      'http://',
      'https://host:1',
      'http://me:secret%zz@host:1',
    ]) {
      const { code, stderr } = await through(form);
      assert.deepEqual([code, stderr.includes('secret')], [2, false], form);
    }
    assert.equal(parseProxy('env', {}), undefined);
    assert.deepEqual(parseProxy('socks5://[::1]', {}), {
      kind: 'socks5',
      host: '::1',
      port: 1080,
      credentials: undefined,
    });
  });
});
