import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { describe, it } from 'node:test';
import type { FastifyInstance } from 'fastify';
import {
  BASE,
  budgetsOf,
  createHttpWorld,
  JSON_TYPE,
  prepareEnrolment,
  registerApp,
  UNLIMITED,
} from '../support/world.ts';

const ENOUGH = { burst: 1e6, perSecond: 1e6 };
const TWO = { burst: 2, perSecond: 0.5 };
const challenge = (app: FastifyInstance, remoteAddress = '192.0.2.1', url = `${BASE}/v1/challenge`) =>
  app.inject({ method: 'POST', url, headers: JSON_TYPE, payload: '{"app":"com.example.bank"}', remoteAddress });

describe('admission', () => {
  it('counts by network, before anything is parsed', async () => {
    const world = await createHttpWorld({ budgets: budgetsOf(TWO, ENOUGH, ENOUGH) });
    await registerApp(world);
    const statuses = [];
    for (const host of [1, 2, 3]) statuses.push((await challenge(world.publicApp, `192.0.2.${host}`)).statusCode);
    assert.deepEqual(statuses, [200, 200, 429]);
    const shed = await world.publicApp.inject({
      ...{ method: 'POST', url: `${BASE}/v1/challenge`, headers: { 'content-type': 'text/plain' }, payload: 'garbage' },
      remoteAddress: '192.0.2.9',
    });
    assert.deepEqual([shed.statusCode, shed.json().code, shed.json().retry_after_ms], [429, 'rate_limited', 2_000]);
    assert.equal(shed.headers['retry-after'], '2');
    assert.equal(shed.headers['assay-protocol'], '1');
    assert.equal((await challenge(world.publicApp, '198.51.100.1')).statusCode, 200);
    world.hands.now += 2_000;
    assert.equal((await challenge(world.publicApp)).statusCode, 200);
  });

  it('is not deceived by another spelling of a path', async () => {
    const world = await createHttpWorld({
      budgets: { ...UNLIMITED, network: { ...UNLIMITED.network, challenge: TWO } },
    });
    await registerApp(world);
    const statuses = [];
    for (const path of ['challenge', '%63hallenge', 'c%68allenge', 'challenge?x=1']) {
      statuses.push((await challenge(world.publicApp, '192.0.2.1', `${BASE}/v1/${path}`)).statusCode);
    }
    assert.deepEqual(statuses, [200, 200, 429, 429]);
  });

  it('counts by everybody together', async () => {
    const world = await createHttpWorld({ budgets: budgetsOf(ENOUGH, ENOUGH, TWO) });
    const statuses = [];
    for (const net of [1, 2, 3]) {
      const response = await world.publicApp.inject({ url: `${BASE}/v1/jwks`, remoteAddress: `192.0.${net}.1` });
      statuses.push(response.statusCode);
    }
    assert.deepEqual(statuses, [200, 200, 429]);
  });

  it('counts by app, before any key operation', async () => {
    const world = await createHttpWorld({ budgets: budgetsOf(ENOUGH, TWO, ENOUGH) });
    await registerApp(world);
    const { body } = await prepareEnrolment(world);
    const send = () =>
      world.publicApp.inject({ method: 'POST', url: `${BASE}/v1/attest`, headers: JSON_TYPE, payload: body });
    assert.deepEqual([(await send()).statusCode, (await send()).statusCode], [200, 200]);
    const shed = await send();
    assert.deepEqual([shed.statusCode, shed.json().code], [429, 'rate_limited']);
    assert.ok(shed.headers['retry-after']);
  });

  it('never sheds the probes of an orchestrator', async () => {
    const world = await createHttpWorld({ budgets: budgetsOf(TWO) });
    for (let i = 0; i < 5; i++) {
      assert.equal((await world.publicApp.inject('/livez')).statusCode, 200);
      assert.equal((await world.publicApp.inject('/readyz')).statusCode, 200);
    }
  });

  it('counts what has no route', async () => {
    const world = await createHttpWorld({ budgets: budgetsOf(TWO) });
    const statuses = [];
    for (let i = 0; i < 3; i++) statuses.push((await world.publicApp.inject('/nothing')).statusCode);
    assert.deepEqual(statuses, [404, 404, 429]);
  });
});

describe('every answer', () => {
  it('names the protocol version, and is a problem document where it is none other', async () => {
    const { publicApp } = await createHttpWorld();
    for (const url of [
      '/',
      '/nothing',
      `${BASE}/v1/nothing`,
      '/%zz',
      '/x%2',
      '/livez',
      `${BASE}/v1/jwks`,
      '/%00',
      '//',
      '/..;/x',
    ]) {
      const response = await publicApp.inject({ url });
      assert.equal(response.headers['assay-protocol'], '1', url);
      if (response.statusCode >= 400) {
        assert.match(String(response.headers['content-type']), /^application\/problem\+json/, url);
        assert.ok(!/FST_|Error|stack|node_modules|\/work/.test(response.body), response.body);
      }
    }
  });

  it('tells a device nothing of the inside when something breaks', async () => {
    const world = await createHttpWorld();
    await registerApp(world);
    const { publicApp, service, lines } = world;
    const broken = service.store;
    Object.assign(broken, {
      repeat: async () => {
        throw new Error('password=hunter2 at 10.0.0.1');
      },
    });
    const { body } = await prepareEnrolment(world);
    const response = await publicApp.inject({
      method: 'POST',
      url: `${BASE}/v1/attest`,
      headers: JSON_TYPE,
      payload: body,
    });
    assert.deepEqual(response.json(), {
      ...{ type: 'urn:assay:problem:server_misconfigured', title: 'The server is misconfigured' },
      ...{ status: 500, code: 'server_misconfigured' },
    });
    assert.ok(lines.some(({ code }) => code === 'http.fault'));
  });
});

describe('the log', () => {
  it('has one line for each request: method, route, status, time, support code, and no more', async () => {
    const world = await createHttpWorld();
    await registerApp(world);
    const { publicApp, lines } = world;
    const { body } = await prepareEnrolment(world);
    lines.length = 0;
    await publicApp.inject({
      url: `${BASE}/v1/pins/com.example.bank?token=secret`,
      headers: { authorization: 'Bearer secret' },
    });
    await publicApp.inject({ method: 'POST', url: `${BASE}/v1/attest`, headers: JSON_TYPE, payload: body });
    await publicApp.inject({ method: 'POST', url: `${BASE}/v1/attest`, headers: JSON_TYPE, payload: 'secret' });
    await publicApp.inject('/secret');
    assert.deepEqual(
      lines.map(({ method, route, status }) => [method, route, status]),
      [
        ['GET', `${BASE}/v1/pins/:app`, 200],
        ['POST', `${BASE}/v1/attest`, 200],
        ['POST', `${BASE}/v1/attest`, 400],
        ['GET', null, 404],
      ],
    );
    assert.ok(!JSON.stringify(lines).includes('secret'));
    assert.deepEqual(
      lines.map(({ support }) => support !== undefined),
      [false, true, true, false],
    );
    assert.ok(lines.every(({ ms }) => typeof ms === 'number'));
  });
});

describe('a slow or broken sender', () => {
  /** What comes back until the server closes. */
  async function speak(app: FastifyInstance, text: string): Promise<string> {
    const { port } = new URL(await app.listen({ port: 0, host: '127.0.0.1' }));
    return new Promise((resolve, reject) => {
      const socket = connect(Number(port), '127.0.0.1', () => socket.write(text));
      let heard = '';
      socket.on('data', (chunk) => {
        heard += chunk;
      });
      socket.on('close', () => resolve(heard));
      socket.on('error', reject);
    });
  }
  const timeouts = { headers: 50, request: 100, check: 20 };

  it('that drips its head is cut off', async () => {
    const { publicApp } = await createHttpWorld({ timeouts });
    assert.match(
      await speak(publicApp, 'GET /livez HTTP/1.1\r\nHost: x\r\n'),
      /^HTTP\/1\.1 408 [\s\S]*assay-protocol: 1/,
    );
  });

  it('that drips its body is cut off', async () => {
    const { publicApp } = await createHttpWorld({ timeouts });
    const head = `POST ${BASE}/v1/attest HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{`;
    assert.match(await speak(publicApp, head), /^HTTP\/1\.1 408 /);
  });

  it('that speaks no HTTP gets a problem document', async () => {
    const { publicApp } = await createHttpWorld();
    const heard = await speak(publicApp, 'HELLO\r\n\r\n');
    assert.match(heard, /^HTTP\/1\.1 400 [\s\S]*application\/problem\+json[\s\S]*"code":"request_malformed"/);
  });

  it('that sends endless headers is refused', async () => {
    const { publicApp } = await createHttpWorld();
    assert.match(
      await speak(publicApp, `GET / HTTP/1.1\r\nHost: x\r\nX: ${'a'.repeat(40_000)}\r\n\r\n`),
      /^HTTP\/1\.1 431 /,
    );
  });

  it('has little time by default', async () => {
    const { publicApp } = await createHttpWorld();
    assert.deepEqual([publicApp.server.headersTimeout, publicApp.server.requestTimeout], [10_000, 30_000]);
  });
});
