import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { VerifierOptions } from '../src/index.ts';
import { type Answered, HOSTS, type Host, type Running } from './hosts.ts';
import {
  goodHeaders,
  type HeaderList,
  NOW,
  ORIGIN,
  proofFor,
  recorded,
  SEALED,
  sealedTokenFor,
  tokenFor,
} from './kit.ts';
import { REFUSALS } from './refusals.ts';

/** What every adapter does alike, over real servers. */

type Events = ReturnType<typeof recorded>['events'];

async function withApi<T>(
  host: Host,
  extra: Partial<VerifierOptions>,
  use: (api: Running, events: Events) => Promise<T>,
): Promise<T> {
  const { options, events } = recorded(extra);
  const api = await host.start(options);
  try {
    return await use(api, events);
  } finally {
    await api.close();
  }
}

const codeOf = ({ body }: Answered): string => JSON.parse(body).code;

for (const host of HOSTS) {
  describe(host.name, () => {
    test('admits a good request, once, and tells the handler who calls', () =>
      withApi(host, {}, async (api, events) => {
        const headers = await goodHeaders();
        assert.equal((await api.send('GET', '/pay?amount=1', headers)).status, 200);
        assert.deepEqual(api.seen, [{ app: 'com.example.bank', path: api.seen[0]?.path, route: '/pay' }]);
        const again = await api.send('GET', '/pay?amount=1', headers);
        assert.equal(again.status, 401);
        assert.deepEqual(
          events.map(({ outcome, code }) => [outcome, code]),
          [
            ['admitted', undefined],
            ['refused', 'tokens.proof_replayed'],
          ],
        );
        assert.equal(api.seen.length, 1);
      }));

    test('opens a sealed token, and takes installs that the issuer lets through', () =>
      withApi(host, SEALED, async (api) => {
        for (const attestation of [sealedTokenFor(), sealedTokenFor({ admitted: 'monitor', annotations: { a: 1 } })]) {
          const proof = await proofFor({ attestation });
          const answered = await api.send('GET', '/pay', [
            ['OAuth-Client-Attestation', attestation],
            ['DPoP', proof],
          ]);
          assert.equal(answered.status, 200);
        }
        assert.deepEqual(
          api.seen.map(({ app }) => app),
          ['com.example.bank', 'com.example.bank'],
        );
      }));

    const rows = REFUSALS.filter(({ needsRawHeaders }) => host.showsTarget || needsRawHeaders !== true);
    for (const { name, extra = {}, method = 'GET', path = '/pay', headers, code, ...expected } of rows) {
      test(`refuses ${name}`, () =>
        withApi(host, extra, async (api, events) => {
          const answered = await api.send(method, path, await headers());
          assert.equal(events.at(-1)?.code, code);
          assert.deepEqual(
            { status: answered.status, problem: codeOf(answered), challenge: answered.headers['www-authenticate'] },
            { status: expected.status, problem: expected.problem, challenge: expected.challenge },
          );
          assert.equal(answered.headers['content-type'], 'application/problem+json');
          assert.equal(answered.headers['cache-control'], 'no-store');
          assert.equal(JSON.parse(answered.body).support, events.at(-1)?.support);
          assert.deepEqual(api.seen, []);
        }));
    }

    test('hands out a nonce, takes it, and renews it when it is half spent', async () => {
      let now = NOW;
      await withApi(host, { clock: () => now }, async (api) => {
        const attestation = tokenFor();
        const call = async (nonce?: string): Promise<Answered> => {
          const proof = await proofFor({ attestation, nonce });
          return api.send('GET', '/pay', [
            ['OAuth-Client-Attestation', attestation],
            ['DPoP', proof],
          ]);
        };
        const first = await call();
        assert.equal(codeOf(first), 'use_dpop_nonce');
        const nonce = `${first.headers['dpop-nonce']}`;
        assert.equal((await call(nonce)).headers['dpop-nonce'], undefined);
        now += 160_000;
        const late = await call(nonce);
        assert.equal(late.status, 200);
        assert.equal(late.headers['cache-control'], 'no-store');
        const renewed = `${late.headers['dpop-nonce']}`;
        assert.notEqual(renewed, nonce);
        assert.equal((await call(renewed)).status, 200);
      });
    });

    test('an inner route makes demands of its own, with the proof used once', () =>
      withApi(host, { apps: ['com.example.bank'] }, async (api) => {
        const url = `${ORIGIN}/strict`;
        const weak = await api.send('GET', '/strict', await goodHeaders({ url }));
        assert.equal(weak.status, 401);
        assert.deepEqual(JSON.parse(weak.body).required, { acr: 'urn:assay:app:high', tier: 'warning' });
        const attestation = tokenFor({ assurance: 'high' });
        const strong: HeaderList = [
          ['OAuth-Client-Attestation', attestation],
          ['DPoP', await proofFor({ attestation, url })],
        ];
        assert.equal((await api.send('GET', '/strict', strong)).status, 200);
        assert.equal((await api.send('GET', '/strict', strong)).status, 401);
        assert.deepEqual(
          api.seen.map(({ route }) => route),
          ['/strict'],
        );
      }));
  });
}
