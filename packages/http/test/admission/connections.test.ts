import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { after, describe, it } from 'node:test';
import { budgetsOf, createHttpWorld, type HttpWorldOptions } from '../support/world.ts';

const NONE = { burst: 0, perSecond: 1 };
const GET = (path: string) => `GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`;

const opened: Socket[] = [];
after(() => {
  for (const socket of opened) socket.destroy();
});

async function listening(options: HttpWorldOptions): Promise<number> {
  const { publicApp } = await createHttpWorld(options);
  return Number(new URL(await publicApp.listen({ port: 0, host: '127.0.0.1' })).port);
}

interface Line {
  readonly socket: Socket;
  /** Statuses of the answers so far, and `hung up` at the end. */
  readonly heard: (string | undefined)[];
  /** Sends a request and waits for what comes back. */
  ask(path: string): Promise<string | undefined>;
}

async function call(port: number, localAddress = '127.0.0.1'): Promise<Line> {
  const socket = connect({ port, host: '127.0.0.1', localAddress });
  opened.push(socket);
  const heard: (string | undefined)[] = [];
  socket.on('data', (chunk) => heard.push(/^HTTP\/1\.1 (\d+)/.exec(`${chunk}`)?.[1]));
  socket.on('error', () => {});
  socket.once('close', () => heard.push('hung up'));
  await once(socket, 'connect');
  const ask = async (path: string) => {
    const count = heard.length;
    socket.write(GET(path));
    while (heard.length === count) await new Promise(setImmediate);
    return heard.at(-1);
  };
  return { socket, heard, ask };
}

describe('connections', () => {
  it('beyond those of a network are hung up on, and other networks are left alone', async () => {
    const port = await listening({ connections: { network: 2, all: 100 } });
    const [one, two] = [await call(port, '127.0.1.1'), await call(port, '127.0.1.2')];
    assert.deepEqual([await one.ask('/livez'), await two.ask('/livez')], ['200', '200']);
    assert.equal(await (await call(port, '127.0.1.3')).ask('/livez'), 'hung up');
    assert.equal(await (await call(port, '127.0.2.1')).ask('/livez'), '200');
    one.socket.destroy();
    while ((await (await call(port, '127.0.1.4')).ask('/livez')) !== '200'); // once the server has seen the end of the first
    assert.equal(await (await call(port, '127.0.1.5')).ask('/livez'), 'hung up');
  });

  it('beyond those of everybody are hung up on', async () => {
    const port = await listening({ connections: { network: 100, all: 2 } });
    const [one, two] = [await call(port, '127.0.1.1'), await call(port, '127.0.2.1')];
    assert.deepEqual([await one.ask('/livez'), await two.ask('/livez')], ['200', '200']);
    assert.equal(await (await call(port, '127.0.3.1')).ask('/livez'), 'hung up');
  });

  it('of a proxy are not counted by its network', async () => {
    const port = await listening({ connections: { network: 1, all: 100 }, trustProxy: ['127.0.0.1'] });
    const [one, two] = [await call(port), await call(port)];
    assert.deepEqual([await one.ask('/livez'), await two.ask('/livez')], ['200', '200']);
  });
});

describe('a connection whose client does not wait for answers', () => {
  it('is hung up on', async () => {
    const port = await listening({});
    const { socket, heard } = await call(port);
    socket.write(GET('/livez').repeat(500));
    while (heard.at(-1) !== 'hung up') await new Promise(setImmediate);
    assert.ok(heard.length <= 2, `${heard.length - 1} answers`);
  });

  it('is served one request after the other', async () => {
    const { ask } = await call(await listening({}));
    for (let i = 0; i < 20; i++) assert.equal(await ask('/livez'), '200');
  });

  it('is a proxy’s, and left alone', async () => {
    const { socket, heard } = await call(await listening({ trustProxy: ['127.0.0.1'] }));
    socket.write(GET('/livez').repeat(3));
    for (let i = 0; heard.length === 0 && i < 1e6; i++) await new Promise(setImmediate);
    assert.equal(heard[0], '200');
  });
});

describe('a connection that was told to wait', () => {
  it('is not read until the wait is over, and then again', async () => {
    const port = await listening({ budgets: budgetsOf(NONE) });
    const [shed, other] = [await call(port), await call(port)];
    assert.equal(await shed.ask('/nothing'), '429');
    for (let turn = 0; turn < 3; turn++) await new Promise(setImmediate); // until the server is done with what it answered
    shed.socket.write(GET('/livez'));
    for (let i = 0; i < 10; i++) assert.equal(await other.ask('/livez'), '200');
    assert.deepEqual(shed.heard, ['429']);
    while (shed.heard.length < 2) await new Promise(setImmediate);
    assert.deepEqual(shed.heard, ['429', '200']);
  });

  it('is read on when it is a proxy, which has others to speak for', async () => {
    const port = await listening({ budgets: budgetsOf(NONE), trustProxy: ['127.0.0.1'] });
    const [shed, other] = [await call(port), await call(port)];
    assert.equal(await shed.ask('/nothing'), '429');
    shed.socket.write(GET('/livez'));
    for (let i = 0; i < 10; i++) await other.ask('/livez');
    assert.deepEqual(shed.heard, ['429', '200']);
  });
});
