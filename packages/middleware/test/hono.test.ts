import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Hono } from 'hono';
import { type AttestationVariables, attestation } from '../src/hono.ts';
import { goodHeaders, ORIGIN, optionsFor, recorded } from './kit.ts';

const headers = async (): Promise<Headers> => new Headers((await goodHeaders()).map(([name, value]) => [name, value]));

test('works where there is no Node request behind', async () => {
  const app = new Hono<{ Variables: AttestationVariables }>();
  app.use(attestation(optionsFor()));
  app.get('/pay', (c) => c.text(c.get('attestation')?.instance ?? 'nobody'));
  const answered = await app.request(`${ORIGIN}/pay`, { headers: await headers() });
  assert.equal(await answered.text(), 'pseudonym');
  assert.equal((await app.request(`${ORIGIN}/pay`)).status, 401);
});

test('a response that the handler made by itself carries the new nonce', async () => {
  const app = new Hono();
  app.use(attestation(optionsFor({ nonce: 'offered', stage: 'monitor' })));
  app.get('/pay', () => new Response('own'));
  const list = await goodHeaders({ nonce: undefined });
  const answered = await app.request(`${ORIGIN}/pay`, {
    headers: new Headers(list.map(([name, value]) => [name, value])),
  });
  assert.ok(answered.headers.get('dpop-nonce'));
});

test('an environment with something else under incoming is no Node request', async () => {
  const { options, events } = recorded();
  const app = new Hono();
  app.use(attestation(options));
  app.get('/pay', (c) => c.text('ok'));
  const answered = await app.request(`${ORIGIN}/pay`, { headers: await headers() }, { incoming: 'queue' });
  assert.equal(answered.status, 200);
  assert.equal(events[0]?.outcome, 'admitted');
});
