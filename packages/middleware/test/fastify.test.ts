import assert from 'node:assert/strict';
import { test } from 'node:test';
import fastify from 'fastify';
import fastifyPlugin from 'fastify-plugin';
import { attestation } from '../src/fastify.ts';
import { createVerifier } from '../src/index.ts';
import { goodHeaders, ORIGIN, optionsFor, recorded, withCode } from './kit.ts';

const headersFor = async (path: string): Promise<Record<string, string>> =>
  Object.fromEntries(await goodHeaders({ url: `${ORIGIN}${path}` }));

test('a route can ask for more, or for nothing', async () => {
  const app = fastify();
  await app.register(attestation, createVerifier(optionsFor()));
  const say = (request: { readonly attestation: object | null }): unknown => ({ known: request.attestation !== null });
  app.get('/open', { config: { attestation: false } }, say);
  app.get('/strict', { config: { attestation: { acr: 'high' } } }, say);
  app.get('/pay', say);
  assert.deepEqual((await app.inject('/open')).json(), { known: false });
  assert.equal((await app.inject('/pay')).statusCode, 401);
  assert.deepEqual((await app.inject({ url: '/pay', headers: await headersFor('/pay') })).json(), { known: true });
  const strict = await app.inject({ url: '/strict', headers: await headersFor('/strict') });
  assert.equal(strict.json().code, 'use_fresh_attestation');
  assert.equal((await app.inject('/unknown')).statusCode, 401);
});

test('faulty demands of a route throw when the route is added', async () => {
  const app = fastify();
  await app.register(attestation, optionsFor());
  const config = { attestation: { acr: 'none' } } as const;
  assert.throws(() => app.get('/pay', { config }, async () => ({})), withCode('middleware.options_invalid'));
});

test('faulty options keep the application from starting', async () => {
  const app = fastify();
  await assert.rejects(
    async () => app.register(attestation, optionsFor({ apps: [] })),
    withCode('middleware.options_invalid'),
  );
});

test('a rewritten address is refused', async () => {
  const { options, events } = recorded();
  const app = fastify({ rewriteUrl: () => '/pay' });
  await app.register(attestation, options);
  app.get('/pay', async () => ({}));
  assert.equal((await app.inject({ url: '/users/me', headers: await headersFor('/users/me') })).statusCode, 401);
  assert.equal(events[0]?.code, 'middleware.target_rewritten');
});

test('the plugin belongs to the instance that registers it, as fastify-plugin would have it', () => {
  const marks = [Symbol.for('skip-override'), Symbol.for('fastify.display-name'), Symbol.for('plugin-meta')];
  const theirs = fastifyPlugin(() => undefined, { name: '@assay/middleware', fastify: '5.x' });
  for (const mark of marks) assert.deepEqual(Reflect.get(attestation, mark), Reflect.get(theirs, mark));
});
