import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { byApi } from '../../src/attacks/steps.ts';
import { stubScene } from './support/scene.ts';

const answer = (text: string) => ({ status: 401, headers: [], body: new TextEncoder().encode(text) });

describe('what the API said', () => {
  it('is its code, behind those that the operator knows', async () => {
    const scene = stubScene({ reasonsOf: async () => ['tokens.proof_replayed'] });
    const { codes } = await byApi(scene, answer('{"code":"invalid_dpop_proof","support":"s"}'));
    assert.deepEqual(codes, ['tokens.proof_replayed', 'invalid_dpop_proof', 'http.401']);
  });

  it('is its status alone where nothing in it has the form of a code', async () => {
    const long = JSON.stringify({ code: 'x'.repeat(1000) });
    const texts = ['', 'junk', '{', '[]', '{"code":7}', '{"code":"eyJ.token"}', '{"code":"<b>"}', long, 'a.b.c'];
    for (const text of texts) assert.deepEqual((await byApi(stubScene(), answer(text))).codes, ['http.401'], text);
  });
});
