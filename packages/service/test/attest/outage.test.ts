/** A vendor that goes away in mid-load: a real server on this machine stands for Google's endpoint. */
import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { after, describe, it } from 'node:test';
import type { PreparedRequest } from '@assay/client';
import { thumbprint } from '@assay/tokens';
import { createPlayDecoder } from '../../src/vendors/play-decode.ts';
import { opaquePlay, playPayload, prepareWith, softwareKey } from '../support/pieces.ts';
import {
  API,
  createTestPhone,
  createTestWorld,
  ISSUER,
  payloadOf,
  registerPolicy,
  send,
  type TestWorld,
} from '../support/world.ts';

const policy = (vendor: 'deny' | 'degrade') => `assay: policy/1
name: house
description: A test.
outage: { vendor: ${vendor}, revocation: degrade, assurance: low }
rules:
  - id: platform
    require: platform == "android"
    otherwise: { tier: none, code: policy.platform_unproven }
    why: A test.
assurance:
  - level: low
    when: platform == "android"
  - level: high
    when: platform == "android" && key.protection == "hardware"
`;

/** Google's two endpoints, as far as tokens of {@link opaquePlay} need them. */
interface Google {
  readonly calls: () => number;
  /** Takes calls from now on and answers none. */
  hang(): void;
  /** Every connection is cut, those with a call under way too. */
  cut(): Promise<void>;
  back(): Promise<void>;
}

/** A vendor that answers has as long as the machine needs; only where a call hangs is the time short. */
async function googleFor(world: TestWorld, timeoutMs = 60_000): Promise<Google> {
  let calls = 0;
  let hangs = false;
  let server: Server | undefined;
  const answer = async (request: IncomingMessage): Promise<object> => {
    const body = await text(request);
    if (request.url === '/token') return { access_token: 'a', expires_in: 3_600, token_type: 'Bearer' };
    calls += 1;
    if (hangs) return new Promise(() => {});
    const { integrity_token: token } = JSON.parse(body) as { readonly integrity_token: string };
    return { tokenPayloadExternal: playPayload(world, token.split('.')[1] ?? '') };
  };
  const listen = async (port: number): Promise<number> => {
    server = createServer((request, response) => {
      void answer(request).then((json) => {
        response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(json));
      });
    });
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as AddressInfo).port; // of a server that listens on TCP
  };
  const cut = async () => {
    const closed = server?.listening ? once(server, 'close') : undefined;
    server?.close();
    server?.closeAllConnections();
    await closed;
  };
  const port = await listen(0);
  after(cut);
  const account = {
    email: 'a@example.com',
    keyId: 'k',
    key: generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey,
  };
  const url = `http://127.0.0.1:${port}/`;
  const network = { fetch: (request: Request) => fetch(request), clock: world.service.clock };
  const playDecode = createPlayDecoder(network, {
    account,
    endpoint: { url, timeoutMs },
    tokens: { url: `${url}token` },
  });
  Object.assign(world.service, { vendors: { ...world.service.vendors, playDecode } });
  const hang = () => {
    hangs = true;
  };
  return { calls: () => calls, hang, cut, back: async () => void (await listen(port)) };
}

const LOAD = 24;

async function load(world: TestWorld): Promise<readonly PreparedRequest[]> {
  const prepared: PreparedRequest[] = [];
  for (let count = 0; count < LOAD; count++) {
    const phone = createTestPhone(world, 'android');
    prepared.push(await prepareWith(world, { purpose: 'enrol', phone, pieces: [opaquePlay] }));
  }
  return prepared;
}

/** Sends all of them at once, four at a time, and cuts the vendor off after the first third. */
async function sendUntilCut(world: TestWorld, google: Google, prepared: readonly PreparedRequest[]) {
  const settled: PromiseSettledResult<Awaited<ReturnType<typeof send>>>[] = [];
  for (let from = 0; from < prepared.length; from += 4) {
    const batch = Promise.allSettled(prepared.slice(from, from + 4).map((each) => send(world, each)));
    if (from === LOAD / 3) await google.cut();
    settled.push(...(await batch));
  }
  return settled;
}

const claimsOf = (answer: Awaited<ReturnType<typeof send>>) => {
  assert.ok(answer.body.result === 'ok');
  return payloadOf<{ acr: string; att: { deg?: readonly string[] } }>(answer.body.tokens[API]?.value ?? '');
};

async function worldWith(vendor: 'deny' | 'degrade'): Promise<TestWorld> {
  const world = await createTestWorld({ google: {}, policy: 'house' });
  await registerPolicy(world, 'house', policy(vendor));
  return world;
}

describe('a vendor cut off in mid-load', () => {
  it('degrades every token that it was not asked for, and no other: outage degrade', async () => {
    const world = await worldWith('degrade');
    const google = await googleFor(world);
    const settled = await sendUntilCut(world, google, await load(world));
    const seen = { asked: 0, degraded: 0 };
    for (const one of settled) {
      assert.ok(one.status === 'fulfilled', one.status === 'rejected' ? String(one.reason) : '');
      const { acr, att } = claimsOf(one.value);
      const { facts } = (await world.store.appraisalBySupport(ISSUER.iss, one.value.support)) ?? {};
      const wasAsked = facts?.device.labels.known === 'proven';
      assert.equal(att.deg?.includes('play_unavailable') ?? false, !wasAsked, 'no token is weaker in silence');
      if (!wasAsked) assert.equal(acr, 'urn:assay:app:low');
      seen[wasAsked ? 'asked' : 'degraded'] += 1;
    }
    assert.ok(seen.asked >= LOAD / 3 && seen.degraded >= LOAD / 3, JSON.stringify(seen));
  });

  it('answers nobody whom it was not asked about, and commits nothing: outage deny', async () => {
    const world = await worldWith('deny');
    const google = await googleFor(world);
    const prepared = await load(world);
    const settled = await sendUntilCut(world, google, prepared);
    const waiting: PreparedRequest[] = [];
    for (const [index, one] of settled.entries()) {
      const request = prepared[index];
      assert.ok(request !== undefined);
      const instance = await world.store.instance(ISSUER.iss, request.instance.jkt);
      if (one.status === 'fulfilled') {
        assert.equal(claimsOf(one.value).att.deg?.includes('play_unavailable') ?? false, false);
        assert.ok(instance !== undefined);
      } else {
        assert.equal((one.reason as { code?: string }).code, 'service.vendor_unavailable');
        assert.equal(instance, undefined);
        waiting.push(request);
      }
    }
    assert.ok(waiting.length >= LOAD / 3 && waiting.length <= LOAD - LOAD / 3);

    await google.back();
    world.hands.now += 10_000; // so long it is left alone
    for (const request of waiting) assert.equal((await send(world, request)).status, 200, 'the same body works later');
    const appraisals = await world.store.appraisals(ISSUER.iss, { limit: 100 });
    assert.equal(appraisals.length, LOAD);
    const before = google.calls();
    for (const request of waiting.slice(0, 3)) assert.equal((await send(world, request)).status, 200);
    assert.equal(google.calls(), before, 'an answer that is given again asks nobody');
  });

  it('holds nobody for long who needs it: one that hangs is left alone after a few calls', async () => {
    const world = await worldWith('degrade');
    const google = await googleFor(world, 200);
    google.hang();
    for (const request of (await load(world)).slice(0, 12)) {
      assert.deepEqual(claimsOf(await send(world, request)).att.deg?.includes('play_unavailable'), true);
    }
    assert.equal(google.calls(), 3);
  });

  it('proves nothing alone: whose key is in software waits at an enrolment, whatever the policy', async () => {
    const world = await worldWith('degrade');
    const google = await googleFor(world);
    await google.cut();
    const prepared = await prepareWith(world, { purpose: 'enrol', pieces: [opaquePlay] });
    await assert.rejects(send(world, prepared), { code: 'service.vendor_unavailable' });
    assert.equal(await world.store.instance(ISSUER.iss, prepared.instance.jkt), undefined);
  });

  it('renews nothing: a key in software goes on by what was said of it, weaker and told, or waits', async () => {
    const world = await worldWith('degrade');
    const google = await googleFor(world);
    const key = softwareKey();
    assert.equal(
      (await send(world, await prepareWith(world, { purpose: 'enrol', key, pieces: [opaquePlay] }))).status,
      200,
    );
    const { fat } = (await world.store.instance(ISSUER.iss, thumbprint(key.jwk))) ?? {};
    await google.cut();
    world.hands.now += 60_000;
    const refresh = () => prepareWith(world, { purpose: 'refresh', key, pieces: [opaquePlay] });
    const { acr, att } = claimsOf(await send(world, await refresh()));
    assert.deepEqual([acr, att.deg], ['urn:assay:app:low', ['play_unavailable']]);
    assert.equal((await world.store.instance(ISSUER.iss, thumbprint(key.jwk)))?.fat, fat, 'nothing fresh was said');
    const stepUp = await prepareWith(world, { purpose: 'step_up', key, pieces: [opaquePlay] });
    await assert.rejects(send(world, stepUp), { code: 'service.vendor_unavailable' });
    await registerPolicy(world, 'house', policy('deny'));
    await assert.rejects(send(world, await refresh()), { code: 'service.vendor_unavailable' });
  });
});
