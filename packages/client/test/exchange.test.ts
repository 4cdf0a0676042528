import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { PROBLEMS, type ProblemCode } from '@assay/tokens/wire';
import { fetchChallenge, Interruption, replyText } from '../src/exchange.ts';
import { ISS, problem, replyResponse } from './support/server.ts';

const CHALLENGE = 'A'.repeat(52);

const interruptionOf = async (promise: Promise<unknown>): Promise<Interruption> => {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof Interruption);
  return error;
};

describe('replyText', () => {
  it('gives the text of 200 and 403 of the media type', async () => {
    for (const status of [200, 403]) assert.equal(await replyText(replyResponse('a.b.c', status)), 'a.b.c');
  });

  it('lets no problem do more than its row says', async () => {
    const allowed = new Set(['same_again', 'new_statement', 'config']);
    for (const code of Object.keys(PROBLEMS) as ProblemCode[]) {
      const found = await interruptionOf(replyText(problem(code, PROBLEMS[code].status, { action: 'stop' })));
      assert.equal(found.code, code);
      assert.ok(allowed.has(found.reaction));
      if (PROBLEMS[code].signed) assert.equal(found.reaction, 'same_again');
    }
  });

  it('takes anything else for no answer', async () => {
    const others = [
      replyResponse('a.b.c', 500),
      problem('toString', 403),
      new Response('{"code":1}', { status: 403 }),
      new Response('[]', { status: 403 }),
      new Response('{"code":"policy_refused","code":"policy_refused"}', { status: 403 }),
      new Response(null, { status: 304 }),
    ];
    for (const other of others) {
      const { code, reaction } = await interruptionOf(replyText(other));
      assert.deepEqual([code, reaction], ['client.unsigned_answer', 'same_again']);
    }
  });

  it('takes a broken body for a broken network', async () => {
    const body = new ReadableStream({ start: (controller) => controller.error(new Error('reset')) });
    const response = new Response(body, { headers: { 'content-type': 'application/assay-reply+jwt' } });
    assert.equal((await interruptionOf(replyText(response))).code, 'client.network_failed');
  });
});

describe('fetchChallenge', () => {
  const from = (response: Response) => fetchChallenge(async () => response, ISS, { app: 'app' });

  it('gives challenge and lifetime', async () => {
    const answer = await from(Response.json({ attestation_challenge: CHALLENGE, expires_in: 300 }));
    assert.deepEqual(answer, { challenge: CHALLENGE, seconds: 300 });
  });

  it('refuses what is none', async () => {
    for (const body of [{}, { attestation_challenge: 'A', expires_in: 1 }, { attestation_challenge: CHALLENGE }]) {
      assert.equal((await interruptionOf(from(Response.json(body)))).code, 'client.unsigned_answer');
    }
    const busy = problem('rate_limited', 429, { retry_after_ms: 5, support: 'S' });
    const { code, retryAfter, support } = await interruptionOf(from(busy));
    assert.deepEqual([code, retryAfter, support], ['rate_limited', 5, 'S']);
  });
});
