import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createRequestJws, parseSupportCode, REPLY_MEDIA_TYPE } from '@assay/tokens';
import { APP, BASE, createHttpWorld, JSON_TYPE, prepareEnrolment, registerApp, UNLIMITED } from '../support/world.ts';

const world = await createHttpWorld({ budgets: UNLIMITED });
await registerApp(world);
const { publicApp, service } = world;
const iss = [...service.issuers.keys()][0] ?? '';
const URLS = ['attest', 'refresh', 'rekey'].map((name) => `${BASE}/v1/${name}`);
const url = `${BASE}/v1/attest`;
const good = await prepareEnrolment(world);
const body = JSON.parse(good.body);

/** name, payload, status, code */
const BODIES: readonly (readonly [string, string | Buffer, number, string])[] = [
  ['nothing', '', 400, 'request_malformed'],
  ['no JSON', 'hello', 400, 'request_malformed'],
  ['truncated JSON', good.body.slice(0, -20), 400, 'request_malformed'],
  ['a list', '[]', 400, 'request_malformed'],
  ['null', 'null', 400, 'request_malformed'],
  ['deep JSON', '['.repeat(10_000), 400, 'request_malformed'],
  ['a name twice', good.body.replace('{', '{"request":"x",'), 400, 'request_malformed'],
  ['an unknown member', JSON.stringify({ ...body, extra: 1 }), 400, 'request_malformed'],
  ['__proto__', good.body.replace('{', '{"__proto__":{},'), 400, 'request_malformed'],
  ['text after the end', `${good.body}x`, 400, 'request_malformed'],
  [
    'invalid UTF-8',
    Buffer.concat([Buffer.from(good.body.slice(0, 20)), Buffer.from([0xff, 0xfe])]),
    400,
    'request_malformed',
  ],
  ['a byte order mark', `\ufeff${good.body}`, 400, 'request_malformed'],
  ['a JWS of two parts', JSON.stringify({ ...body, request: 'a.b' }), 400, 'request_malformed'],
  ['a request that is too long', JSON.stringify({ ...body, request: 'a'.repeat(20_000) }), 400, 'request_malformed'],
  ['too much', `{"request":"${'a'.repeat(70_000)}"}`, 413, 'request_too_large'],
];

const countOf = async (): Promise<number> => {
  await service.rejections.flush();
  return (await service.store.rejectionCounts(iss, 0)).reduce((sum, { count }) => sum + count, 0);
};

describe('a body that cannot be read', () => {
  for (const [name, payload, status, code] of BODIES) {
    it(`is refused, counted and sampled, and changes nothing: ${name}`, async () => {
      const [before, count] = [await world.state(), await countOf()];
      for (const each of URLS) {
        const response = await publicApp.inject({ method: 'POST', url: each, headers: JSON_TYPE, payload });
        const problem = response.json();
        assert.deepEqual([response.statusCode, problem.code], [status, code]);
        assert.equal(response.headers['content-type'], 'application/problem+json; charset=utf-8');
        assert.deepEqual(Object.keys(problem).toSorted(), ['code', 'status', 'support', 'title', 'type']);
        assert.equal(parseSupportCode(problem.support), problem.support);
        await service.rejections.flush();
        assert.ok(await service.store.rejectionBySupport(iss, problem.support));
      }
      assert.equal(await world.state(), before);
      assert.equal(await countOf(), count + URLS.length);
    });
  }

  for (const type of [
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    undefined,
  ]) {
    it(`is refused as ${type}, with a support code`, async () => {
      const headers = type === undefined ? {} : { 'content-type': type };
      const response = await publicApp.inject({ method: 'POST', url, headers, payload: Buffer.from(good.body) });
      assert.deepEqual([response.statusCode, response.json().code], [400, 'request_malformed']);
      assert.ok(response.json().support);
    });
  }

  it('leaves bounded rows in a flood: attack 39', async () => {
    const before = await countOf();
    for (let i = 0; i < 100; i++) {
      await Promise.all(
        Array.from({ length: 50 }, (_, n) =>
          publicApp.inject({ method: 'POST', url, headers: JSON_TYPE, payload: `{"n":${i * 50 + n}` }),
        ),
      );
    }
    assert.equal(await countOf(), before + 5_000);
    assert.ok((await service.store.rejectionSamples(iss, 1_000)).length <= 200);
    assert.ok((await service.store.rejectionCounts(iss, 0)).length <= 50);
  });
});

describe('a request', () => {
  it('that is good gets a signed reply', async () => {
    const response = await publicApp.inject({ method: 'POST', url, headers: JSON_TYPE, payload: good.body });
    assert.equal(response.statusCode, 200);
    assert.equal(response.headers['content-type'], REPLY_MEDIA_TYPE);
    assert.equal(response.headers['cache-control'], 'no-store');
    assert.equal(response.headers['assay-protocol'], '1');
  });

  it('whose challenge is of no use gets a new one of the kind that it needs', async () => {
    const late = await prepareEnrolment(world);
    world.hands.now += 301_000;
    const response = await publicApp.inject({ method: 'POST', url, headers: JSON_TYPE, payload: late.body });
    assert.deepEqual([response.statusCode, response.json().code], [400, 'challenge_expired']);
    const challenge = Buffer.from(String(response.headers['oauth-client-attestation-challenge']), 'base64url');
    assert.equal(challenge[2], 1, 'for an enrolment');
    const refresh = await refreshWith(late);
    const again = await publicApp.inject({
      method: 'POST',
      url: `${BASE}/v1/refresh`,
      headers: JSON_TYPE,
      payload: refresh,
    });
    assert.equal(again.json().code, 'challenge_purpose');
    assert.equal(Buffer.from(String(again.headers['oauth-client-attestation-challenge']), 'base64url')[2], 6);
  });

  it('to the path of another purpose is refused', async () => {
    const one = await prepareEnrolment(world);
    for (const each of [`${BASE}/v1/refresh`, `${BASE}/v1/rekey`]) {
      const response = await publicApp.inject({ method: 'POST', url: each, headers: JSON_TYPE, payload: one.body });
      assert.equal(response.statusCode, 400);
    }
  });

  it('is not taken by another method', async () => {
    for (const method of ['GET', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'] as const) {
      for (const each of URLS) {
        const response = await publicApp.inject({
          method,
          url: each,
          headers: JSON_TYPE,
          payload: method === 'GET' ? '' : '{}',
        });
        assert.equal(response.statusCode, 404, method);
        assert.equal(response.headers['assay-protocol'], '1');
      }
    }
  });
});

describe('bodies that come together', () => {
  it('are parsed one a turn of the event loop, so that none of them holds up a refresh', async () => {
    const turns: number[] = [];
    let turn = 0;
    const next = () => {
      turn += 1;
      if (turns.length < 20) setImmediate(next);
    };
    setImmediate(next);
    const { elapsed } = service;
    const watched = () => {
      turns.push(turn);
      return elapsed();
    };
    Object.assign(service, { elapsed: watched }); // each attempt begins with a look at the watch
    const send = () => publicApp.inject({ method: 'POST', url, headers: JSON_TYPE, payload: '{"request":"x"}' });
    const answers = await Promise.all(Array.from({ length: 20 }, send));
    Object.assign(service, { elapsed });
    assert.ok(answers.every(({ statusCode }) => statusCode === 400));
    assert.equal(new Set(turns).size, 20);
  });
});

/** The statement of an enrolment, sent as a refresh: its challenge is for another purpose. */
async function refreshWith(prepared: Awaited<ReturnType<typeof prepareEnrolment>>): Promise<string> {
  const statement = JSON.parse(Buffer.from(JSON.parse(prepared.body).request.split('.')[1], 'base64url').toString());
  const bytes = Buffer.from(JSON.stringify({ ...statement, purpose: 'refresh', ev: [], app: APP.package }));
  const { jwk, sign } = prepared.instance.key;
  return JSON.stringify({ request: await createRequestJws(bytes, jwk, sign), evidence: [] });
}
