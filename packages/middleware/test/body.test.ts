import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import type { Stage } from '@assay/core';
import { sha256 } from '@assay/tokens';
import express from 'express';
import fastify from 'fastify';
import { attestation } from '../src/express.ts';
import { attestation as fastifyAttestation } from '../src/fastify.ts';
import { createVerifier, fromNode, type Result } from '../src/index.ts';
import { goodHeaders, ORIGIN, optionsFor, recorded } from './kit.ts';

const BODY = '{"amount":1}';
const signed = (body = BODY) => goodHeaders({ method: 'POST', bodyHash: sha256(body) });

async function post(body: string, demanded: 'any' | 'proven' = 'proven', sent = BODY): Promise<Result> {
  const headers = new Headers((await signed(sent)).map(([name, value]) => [name, value]));
  const request = new Request(`${ORIGIN}/pay`, { method: 'POST', headers, body });
  const result = await createVerifier(optionsFor({ body: demanded })).verifyRequest(request);
  assert.equal(await request.text(), body, 'the body is still there for the API');
  return result;
}

const codeOf = (result: Result): string => (result.outcome === 'refused' ? result.problem.code : result.outcome);

test('a route that asks for it takes the body that was signed, and no other', async () => {
  assert.equal(codeOf(await post(BODY)), 'admitted');
  assert.equal(codeOf(await post('{"amount":1000}')), 'invalid_dpop_proof');
  assert.equal(codeOf(await post('')), 'invalid_dpop_proof');
  assert.equal(codeOf(await post(`${BODY} `)), 'invalid_dpop_proof');
});

test('other routes look at no body', async () => {
  assert.equal(codeOf(await post('{"amount":1000}', 'any')), 'admitted');
});

test('an inner route that asks for it is not content with what the outer one proved', async () => {
  const outer = createVerifier(optionsFor());
  const headers = new Headers((await signed()).map(([name, value]) => [name, value]));
  const request = new Request(`${ORIGIN}/pay`, { method: 'POST', headers, body: '{"amount":1000}' });
  assert.equal(codeOf(await outer.verifyRequest(request)), 'admitted');
  assert.equal(codeOf(await outer.forRoute({ body: 'proven' }).verifyRequest(request)), 'invalid_dpop_proof');
});

test('without the octets nothing is compared, and nothing let in', async () => {
  const rawHeaders = [...(await signed()).flat(), 'content-length', '12'];
  const incoming = fromNode({ method: 'POST', url: '/pay', rawHeaders }, '/pay', '/pay');
  const codes: (string | undefined)[] = [];
  const verifier = createVerifier(optionsFor({ body: 'proven', onEvent: ({ code }) => codes.push(code) }));
  assert.equal(codeOf(await verifier.verify(incoming)), 'server_misconfigured');
  assert.deepEqual(codes, ['middleware.body_unread']);
});

test('more octets than the route takes are refused, and never held', async () => {
  let given = 0;
  const endless = new ReadableStream<Uint8Array>({
    pull(controller) {
      given += 1000;
      controller.enqueue(new Uint8Array(1000));
    },
  });
  const headers = new Headers((await signed()).map(([name, value]) => [name, value]));
  const init = { method: 'POST', headers, body: endless, duplex: 'half' } as const;
  const { options, events } = recorded({ body: 'proven', bodyLimit: 5000 });
  const result = await createVerifier(options).verifyRequest(new Request(`${ORIGIN}/pay`, init));
  assert.equal(codeOf(result), 'request_too_large');
  assert.equal(events[0]?.code, 'middleware.body_too_large');
  assert.ok(given < 10_000, `${given} octets were read`);
});

test('an adapter that gives more than it was asked for is not believed', async () => {
  const rawHeaders = (await signed()).flat();
  const incoming = fromNode({ method: 'POST', rawHeaders }, '/pay', '/pay', async () => Buffer.from(BODY));
  const codeFor = async (bodyLimit: number) =>
    codeOf(await createVerifier(optionsFor({ body: 'proven', bodyLimit })).verify(incoming));
  assert.deepEqual([await codeFor(BODY.length), await codeFor(BODY.length - 1)], ['admitted', 'request_too_large']);
});

test('a request that somebody has read has no octets any more', async () => {
  const headers = new Headers((await signed()).map(([name, value]) => [name, value]));
  const request = new Request(`${ORIGIN}/pay`, { method: 'POST', headers, body: BODY });
  await request.text();
  const result = await createVerifier(optionsFor({ body: 'proven' })).verifyRequest(request);
  assert.equal(codeOf(result), 'server_misconfigured');
});

test('only the headers of HTTP/1.1 tell that there is no body', async () => {
  const rawHeaders = (await signed('')).flat();
  const codeFor = async (httpVersionMajor: number) => {
    const incoming = fromNode({ method: 'POST', rawHeaders, httpVersionMajor }, '/pay', '/pay');
    return codeOf(await createVerifier(optionsFor({ body: 'proven' })).verify(incoming));
  };
  assert.deepEqual([await codeFor(1), await codeFor(2)], ['admitted', 'server_misconfigured']);
});

test('a route can take queries only that the proof names', async () => {
  const codeFor = async (named: object) => {
    const rawHeaders = (await goodHeaders(named)).flat();
    const verifier = createVerifier(optionsFor({ query: 'proven' }));
    return codeOf(await verifier.verify(fromNode({ method: 'GET', rawHeaders }, '/pay?amount=1', '/pay?amount=1')));
  };
  assert.equal(await codeFor({ queryHash: sha256('amount=1') }), 'admitted');
  assert.equal(await codeFor({ queryHash: sha256('amount=2') }), 'invalid_dpop_proof');
  assert.equal(await codeFor({}), 'invalid_dpop_proof');
});

interface Plugged {
  readonly send: (body: string | Readable, headers?: Record<string, string>) => Promise<number>;
  readonly events: ReturnType<typeof recorded>['events'];
  readonly handled: unknown[];
}

async function plugged(use: (plugged: Plugged) => Promise<void>, stage: Stage = 'enforce'): Promise<void> {
  const { options, events } = recorded();
  const handled: unknown[] = [];
  const app = fastify();
  await app.register(fastifyAttestation, options);
  const demands = { body: 'proven', bodyLimit: 100, stage } as const;
  app.post('/pay', { config: { attestation: demands } }, async ({ body, attestation: caller }) => {
    handled.push([body, caller?.app]);
    return {};
  });
  const send: Plugged['send'] = async (payload, extra = {}) => {
    const headers = { 'content-type': 'application/json', ...Object.fromEntries(await signed()), ...extra };
    return (await app.inject({ method: 'POST', url: '/pay', headers, payload })).statusCode;
  };
  await use({ send, events, handled });
}

const APP = 'com.example.bank';

test('Fastify: the body is compared, then parsed as ever', () =>
  plugged(async ({ send, events, handled }) => {
    assert.equal(await send(BODY), 200);
    assert.equal(await send(Readable.from([BODY.slice(0, 5), BODY.slice(5)])), 200);
    assert.deepEqual([await send('{"amount":2}'), await send(''), await send(`${BODY} `)], [401, 401, 401]);
    assert.equal(await send('x'.repeat(101)), 413);
    assert.deepEqual(handled, [
      [{ amount: 1 }, APP],
      [{ amount: 1 }, APP],
    ]);
    assert.deepEqual(
      events.map(({ code }) => code),
      [undefined, undefined, ...Array(3).fill('middleware.body_mismatch'), 'middleware.body_too_large'],
      'one decision for each call',
    );
  }));

test('Fastify: no octet is read for a caller who does not prove himself', () =>
  plugged(async ({ send }) => {
    let isRead = false;
    const body = new Readable({
      read() {
        isRead = true;
        this.push(null);
      },
    });
    assert.deepEqual([await send(body, { dpop: '' }), isRead], [401, false]);
  }));

test('Fastify: a stage that lets a body through lets through all of it', () =>
  plugged(async ({ send, handled }) => {
    const long = JSON.stringify({ text: 'x'.repeat(500) });
    const pieces = Readable.from([long.slice(0, 90), long.slice(90, 300), long.slice(300)]);
    assert.deepEqual([await send(pieces), await send('{"amount":2}')], [200, 200]);
    assert.deepEqual(handled, [
      [{ text: 'x'.repeat(500) }, undefined],
      [{ amount: 2 }, undefined],
    ]);
  }, 'monitor'));

for (const [name, parser, expected] of [
  ['octets kept by express.raw()', express.raw({ type: '*/*' }), [200, 401]],
  ['a body that was parsed before', express.json(), [500, 500]],
] as const) {
  test(`Express: ${name}`, async () => {
    const app = express();
    app.use(parser, attestation(optionsFor({ body: 'proven' })), (_, response) => void response.json({}));
    const server = createServer(app);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : 0;
    const send = async (body: string): Promise<number> => {
      const headers = { 'content-type': 'application/json', ...Object.fromEntries(await signed()) };
      return (await fetch(`http://127.0.0.1:${port}/pay`, { method: 'POST', headers, body })).status;
    };
    try {
      assert.deepEqual([await send(BODY), await send('{"amount":2}')], expected);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
}
