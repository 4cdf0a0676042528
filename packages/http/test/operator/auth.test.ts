import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { SCOPES, type Scope } from '@assay/service';
import { ADMIN, createHttpWorld } from '../support/world.ts';

/** Every operator route and what it asks for. A new route gets a row here, after somebody thought about its scope. */
const ROUTES: readonly (readonly ['GET' | 'PUT' | 'POST' | 'DELETE', string, Scope])[] = [
  ['GET', `${ADMIN}/apps`, 'read'],
  ['PUT', `${ADMIN}/apps/x`, 'apps'],
  ['GET', `${ADMIN}/apis`, 'read'],
  ['PUT', `${ADMIN}/apis/x`, 'apps'],
  ['GET', `${ADMIN}/policies`, 'read'],
  ['GET', `${ADMIN}/policies/x`, 'read'],
  ['PUT', `${ADMIN}/policies/x`, 'policies'],
  ['GET', `${ADMIN}/policies/x/versions`, 'read'],
  ['GET', `${ADMIN}/policies/x/versions/x`, 'read'],
  ['POST', `${ADMIN}/policies/x/rollback`, 'policies'],
  ['GET', `${ADMIN}/proposals`, 'read'],
  ['GET', `${ADMIN}/proposals/x`, 'read'],
  ['POST', `${ADMIN}/proposals/x/approve`, 'policies'],
  ['POST', `${ADMIN}/proposals/x/withdraw`, 'policies'],
  ['GET', `${ADMIN}/apps/x/pins`, 'read'],
  ['POST', `${ADMIN}/apps/x/pins`, 'pins'],
  ['POST', `${ADMIN}/apps/x/root`, 'pins'],
  ['GET', `${ADMIN}/apps/x/reply-key`, 'read'],
  ['GET', `${ADMIN}/apps/x/secrets`, 'read'],
  ['PUT', `${ADMIN}/apps/x/secrets/y`, 'secrets'],
  ['GET', `${ADMIN}/appraisals`, 'read'],
  ['GET', `${ADMIN}/appraisals/x/evidence`, 'evidence'],
  ['GET', `${ADMIN}/support/x`, 'read'],
  ['GET', `${ADMIN}/rejections`, 'read'],
  ['GET', `${ADMIN}/audit`, 'read'],
  ['GET', `${ADMIN}/audit/verification`, 'read'],
  ['GET', `${ADMIN}/trust`, 'read'],
  ['GET', `${ADMIN}/keys`, 'read'],
  ['POST', `${ADMIN}/keys/rotation`, 'keys'],
  ['POST', `${ADMIN}/keys/x/revocation`, 'keys'],
  ['POST', `${ADMIN}/instances/${'x'.repeat(43)}/revocation`, 'apps'],
  ['GET', `${ADMIN}/orders`, 'read'],
  ['POST', `${ADMIN}/orders`, 'orders'],
  ['DELETE', `${ADMIN}/orders/x`, 'orders'],
  ['GET', `${ADMIN}/grants`, 'read'],
  ['POST', `${ADMIN}/grants`, 'grants'],
  ['DELETE', `${ADMIN}/grants/x`, 'grants'],
  ['GET', `${ADMIN}/facts`, 'read'],
  ['GET', `${ADMIN}/disagreements`, 'read'],
  ['POST', `${ADMIN}/appraisals/x/replay`, 'evidence'],
  ['GET', '/admin/v1/credentials', 'credentials'],
  ['POST', '/admin/v1/credentials', 'credentials'],
  ['DELETE', '/admin/v1/credentials/x', 'credentials'],
];

const world = await createHttpWorld();
const { operatorApp } = world;

describe('operator routes', () => {
  it('are all in the table', async () => {
    const { paths } = (await operatorApp.inject({ url: '/openapi.json', headers: { host: 'localhost' } })).json();
    const documented = Object.entries(paths as Record<string, object>)
      .filter(([path]) => path.startsWith('/admin/'))
      .flatMap(([path, operations]) => Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`));
    const rows = ROUTES.map(([method, url]) => `${method} ${url}`);
    const shape = (text: string) =>
      text
        .replace(/\{tenant\}/, 'acme')
        .replace(/\{env\}/, 'dev')
        .replace(/\{jkt\}/, 'x'.repeat(43))
        .replace(/\{name\}/, 'y')
        .replace(/\{\w+\}/g, 'x');
    assert.deepEqual(documented.map(shape).toSorted(), rows.toSorted());
  });

  for (const [method, url, scope] of ROUTES) {
    it(`${method} ${url} asks for ${scope}, and for nothing else`, async () => {
      const call = async (headers: Record<string, string>) => {
        const payload = method === 'GET' || method === 'DELETE' ? {} : { payload: {} };
        return operatorApp.inject({ method, url, headers: { host: 'localhost', ...headers }, ...payload });
      };
      const without = await call({});
      assert.deepEqual([without.statusCode, without.json().code], [401, 'credential_required']);
      assert.match(String(without.headers['www-authenticate']), /^Bearer /);
      const others = SCOPES.filter((each) => each !== scope);
      const wrong = await call(await world.credential(...others));
      assert.deepEqual([wrong.statusCode, wrong.json().code], [403, 'scope_missing']);
      const right = await call(await world.credential(scope));
      assert.ok(![401, 403].includes(right.statusCode), `${right.statusCode} ${right.body}`);
      assert.ok(right.statusCode < 500, `${right.statusCode} ${right.body}`);
    });
  }

  it('let nobody change anything who may only read', async () => {
    const headers = await world.credential('read');
    const state = async () =>
      JSON.stringify([
        ...[await world.service.store.policies(world.iss), await world.service.store.openProposals(world.iss)],
        ...[await world.service.store.orders(world.iss, { limit: 500 }), await world.service.store.grants(world.iss)],
        ...[await world.service.store.listRegistered(world.iss, 'app'), await world.service.store.lastAudit(world.iss)],
      ]);
    const before = await state();
    for (const [method, url] of ROUTES.filter(([each]) => each !== 'GET')) {
      const { statusCode } = await operatorApp.inject({
        method,
        url,
        headers,
        ...(method === 'DELETE' ? {} : { payload: {} }),
      });
      assert.equal(statusCode, 403, `${method} ${url}`);
    }
    assert.equal(await state(), before);
  });

  it('cannot be added without a scope', async () => {
    const fresh = await createHttpWorld();
    assert.throws(() => fresh.operatorApp.get('/admin/v1/open', async () => ({})));
  });
});

describe('operator credential', () => {
  const url = `${ADMIN}/apps`;
  const bad = [
    '',
    'Bearer',
    'Bearer ',
    'Bearer x',
    'bearer assay_admin_x',
    'Basic eDp5',
    `Bearer assay_admin_${'A'.repeat(43)}`,
    `Bearer ${'A'.repeat(300)}`,
    'Bearer a b',
  ];
  for (const authorization of bad) {
    it(`is not ${JSON.stringify(authorization.slice(0, 40))}`, async () => {
      const response = await operatorApp.inject({ url, headers: { host: 'localhost', authorization } });
      assert.equal(response.statusCode, 401);
    });
  }

  it('ends when it is revoked', async () => {
    const headers = await world.credential('read');
    const read = () => operatorApp.inject({ url, headers });
    assert.equal((await read()).statusCode, 200);
    const id = (await world.service.store.credentials()).at(-1)?.id ?? '';
    assert.equal((await world.operate('DELETE', `/admin/v1/credentials/${id}`)).statusCode, 200);
    const stored = await world.service.store.credentials();
    assert.ok(stored.some((row) => row.id === id && row.revokedAt !== null));
  });
});

describe('host name', () => {
  for (const host of ['evil.example', 'localhost.evil.example', '127.0.0.1.nip.io', 'localhost@evil.example']) {
    it(`${JSON.stringify(host)} reaches nothing: a page cannot rebind its name to this listener`, async () => {
      for (const url of ['/metrics', '/openapi.json', '/livez', `${ADMIN}/apps`, '/nothing']) {
        const headers = { ...(await world.credential(...SCOPES)), host };
        const response = await operatorApp.inject({ url, headers });
        assert.equal(response.statusCode, 421, url);
        assert.match(String(response.headers['content-type']), /^application\/problem\+json/);
      }
    });
  }
});
