import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { test } from 'node:test';
import express from 'express';
import { attestation } from '../src/express.ts';
import { running } from './hosts.ts';
import { goodHeaders, ORIGIN, recorded } from './kit.ts';

type Build = (app: express.Express, check: express.RequestHandler) => void;

/** Status of one good request for a path, and the code of the event. */
async function ask(build: Build, path: string): Promise<readonly [number, string | undefined]> {
  const { options, events } = recorded();
  const app = express();
  build(app, attestation(options));
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const api = running(server, []);
  const { status } = await api.send('GET', path, await goodHeaders({ url: `${ORIGIN}${path}` }));
  await api.close();
  return [status, events[0]?.code];
}

const ok: express.RequestHandler = (_, response) => {
  response.json({});
};

test('checks the whole path below a mounted router, and at the very path of the mount', async () => {
  const build: Build = (app, check) => app.use('/v1', express.Router().use(check).get(['/', '/pay'], ok));
  assert.deepEqual(await ask(build, '/v1/pay'), [200, undefined]);
  assert.deepEqual(await ask(build, '/v1'), [200, undefined]);
  assert.deepEqual(await ask(build, '/v1?a=1'), [200, undefined]);
  assert.deepEqual(await ask(build, '/v1/'), [200, undefined]);
});

test('refuses a request whose address was rewritten before the check', async () => {
  const build: Build = (app, check) => {
    app.use((request, _, next) => {
      request.url = '/users/me';
      next();
    });
    app.use(check, ok);
  };
  assert.deepEqual(await ask(build, '/pay'), [401, 'middleware.target_rewritten']);
});

test('leaves a crash to the error handler', async () => {
  const { options } = recorded({ isRevoked: () => Promise.reject(new TypeError('a fault of the caller')) });
  const build: Build = (app) => {
    app.use(attestation(options), ok);
    const onError: express.ErrorRequestHandler = (error, _request, response, _next) => {
      response.status(error instanceof TypeError ? 500 : 599).end();
    };
    app.use(onError);
  };
  assert.equal((await ask(build, '/pay'))[0], 500);
});
