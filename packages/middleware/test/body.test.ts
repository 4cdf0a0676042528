import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { sha256 } from '@assay/tokens';
import express from 'express';
import { attestation } from '../src/express.ts';
import { createVerifier, fromNode, type Result } from '../src/index.ts';
import { goodHeaders, ORIGIN, optionsFor } from './kit.ts';

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
