import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Forward, WireAnswer } from '@assay/mitm/attacks';
import { createBypassedFetch } from '../../../src/mitm/attack/bypassed-fetch.ts';
import { HOSTS } from '../../../src/mitm/attack/hosts.ts';
import { type Interception, openInterception } from '../../../src/mitm/attack/interception.ts';

const answer = (text: string, status = 200): WireAnswer => {
  return { status, headers: [['x-kept', 'yes']], body: new TextEncoder().encode(text) };
};

async function withInterception(use: (interception: Interception) => Promise<void>): Promise<void> {
  const forward: Forward = async ({ method, target, body }) =>
    target === '/redirect'
      ? { ...answer('', 307), headers: [['location', `https://${HOSTS.attacker}/v1`]] }
      : answer(`${method} ${target} ${new TextDecoder().decode(body)}`);
  const interception = await openInterception(forward, Object.values(HOSTS));
  try {
    await use(interception);
  } finally {
    await interception.close();
  }
}

const at = (path: string, init: RequestInit = {}, host = HOSTS.api) => new Request(`https://${host}${path}`, init);

describe('a client whose pinning is switched off, behind the proxy', () => {
  it('is read octet for octet, and may be answered by whoever reads', () =>
    withInterception(async (interception) => {
      const fetch = createBypassedFetch(interception);
      const response = await fetch(at('/pay?a=%20', { method: 'POST', body: 'amount', headers: { dpop: 'proof' } }));
      assert.deepEqual([await response.text(), response.headers.get('x-kept')], ['POST /pay?a=%20 amount', 'yes']);
      const [{ request } = assert.fail()] = interception.seen;
      assert.deepEqual([request.host, request.target], [HOSTS.api, '/pay?a=%20']);
      assert.ok(request.headers.some(([name, value]) => name === 'dpop' && value === 'proof'));
      const call = async () => (await fetch(at('/'))).text();
      assert.equal(await interception.tampering(async () => answer('forged'), call), 'forged');
      assert.equal(await call(), 'GET / ', 'afterwards nobody tampers');
      await assert.rejects(
        interception.tampering(
          async () => answer(''),
          () => Promise.reject(new Error('act')),
        ),
      );
      assert.equal(await call(), 'GET / ', 'after a fault as well');
    }));

  it('believes the authority that it was made to trust, and no other', () =>
    withInterception(async (interception) =>
      withInterception(async ({ authority }) => {
        const fetch = createBypassedFetch({ port: interception.port, authority });
        await assert.rejects(fetch(at('/')));
        assert.deepEqual(interception.seen, []);
      }),
    ));

  it('is sent to no host that the lab does not have, and follows redirections where the client wants it', () =>
    withInterception(async (interception) => {
      const fetch = createBypassedFetch(interception);
      await assert.rejects(fetch(at('/', {}, 'elsewhere.assay.test')));
      await assert.rejects(fetch(at('/redirect', { redirect: 'error' })));
      assert.equal((await fetch(at('/redirect', { redirect: 'manual' }))).status, 307);
      const followed = await fetch(at('/redirect', { headers: { dpop: 'proof' } }));
      assert.equal(await followed.text(), 'GET /v1 ');
      const { request } = interception.seen.at(-1) ?? assert.fail();
      assert.equal(request.host, HOSTS.attacker);
      assert.ok(
        request.headers.some(([name, value]) => name === 'dpop' && value === 'proof'),
        'with all that it carries',
      );
    }));
});
