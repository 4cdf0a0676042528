import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { before, describe, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { type PreparedRequest, prepareRequest } from '@assay/client';
import { NODE_CRYPTO } from '@assay/client/node';
import { makeChallenge } from '@assay/service';
import { createFixedKeys, createTokenVerifier, type VerifiedToken } from '@assay/tokens';
import { createVirtualPhone, type Fault } from '@assay/virtual-devices';
import { accuracy, type Sample, train } from '../support/classifier.ts';
import {
  ADMIN,
  API,
  APP,
  createHttpWorld,
  ISSUER,
  JSON_TYPE,
  random,
  registerApp,
  roots,
  UNLIMITED,
} from '../support/world.ts';

// Sealed mode over a real socket: what an app can see of an answer does not tell whether it was refused (attack 43).

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
const ENCRYPTION_KEY = { kty: 'EC', crv: 'P-256', x, y } as const;

const world = await createHttpWorld({ budgets: UNLIMITED });
const { service, hands, iss, publicApp } = world;
let origin = '';

before(async () => {
  await registerApp(world);
  await publicApp.listen({ port: 0, host: '127.0.0.1' });
  origin = `http://127.0.0.1:${(publicApp.server.address() as AddressInfo).port}`; // a TCP server that listens
});

async function put(path: string, document: object): Promise<void> {
  const { statusCode, body } = await world.operate('PUT', `${ADMIN}/${path}`, document);
  assert.equal(statusCode, 200, body);
  service.registry.forget();
}

async function register(
  refusals: 'explicit' | 'sealed',
  api: object = { encryptionKey: ENCRYPTION_KEY },
): Promise<void> {
  await put(`apis/${encodeURIComponent(API)}`, { audience: API, label: 'API', ...api });
  await put(`apps/${APP.package}`, {
    ...{ id: APP.package, label: 'Bank', audiences: [API], refusals, apple: { appIds: [APP.appleId] } },
    android: { packages: [{ name: APP.package, signers: [{ sha256: APP.signer, label: 'test' }] }] },
  });
}

/** Answers leave at whole steps of this. */
const STEP_MS = 100;

/** Outcomes of an enrolment, by what is wrong with the phone. */
const KINDS = {
  admitted: [],
  'refused by the policy': ['unlocked-bootloader'],
  'refused for its evidence': ['other-signer'],
  'refused for its message': ['altered-statement'],
} as const satisfies Record<string, readonly Fault[]>;
type Kind = keyof typeof KINDS;

async function prepare(kind: Kind): Promise<{ readonly prepared: PreparedRequest; readonly send: typeof fetch }> {
  const phone = createVirtualPhone({
    platform: 'android',
    roots,
    app: APP,
    random,
    clock: () => hands.now,
    faults: [...KINDS[kind]],
  });
  const { attestation_challenge: challenge } = await makeChallenge(service, ISSUER, { app: APP.package });
  const speaker = {
    ...{ iss, app: APP.package, version: '4.2.0', build: '4201', os: phone.os },
    ...{ audiences: [API], secrets: ['maps'] },
  };
  const prepared = await prepareRequest(
    { purpose: 'enrol', challenge },
    { speaker, adapter: phone, crypto: NODE_CRYPTO, random },
  );
  const through = phone.through((request) => fetch(request));
  return { prepared, send: (url, init) => through(new Request(url, init)) };
}

interface Seen {
  readonly status: number;
  readonly type: string | null;
  readonly length: number;
  readonly members: readonly string[];
  readonly tokenLengths: readonly number[];
  readonly supportLength: number;
  readonly support: string;
  readonly token: string | undefined;
  readonly milliseconds: number;
}

async function sendIt({ prepared, send }: Awaited<ReturnType<typeof prepare>>): Promise<Seen> {
  const began = performance.now();
  const response = await send(`${origin}${new URL(iss).pathname}${prepared.path}`, {
    ...{ method: 'POST', headers: JSON_TYPE, body: prepared.body },
  });
  const text = await response.text();
  const milliseconds = performance.now() - began;
  const reply = JSON.parse(Buffer.from(text.split('.')[1] ?? '', 'base64url').toString());
  const tokens: Record<string, { value: string }> = reply.tokens ?? {};
  return {
    ...{ status: response.status, type: response.headers.get('content-type'), length: text.length, milliseconds },
    members: Object.keys(reply),
    tokenLengths: Object.values(tokens).map(({ value }) => value.length),
    ...{ supportLength: reply.support.length, support: reply.support, token: tokens[API]?.value },
  };
}

const ask = async (kind: Kind): Promise<Seen> => sendIt(await prepare(kind));

/** Milliseconds from the end of a request to its answer, where its body follows its head after a while. */
async function msBehindLateBody(kind: Kind, lateMs: number): Promise<number> {
  const { prepared } = await prepare(kind);
  const outgoing = httpRequest(`${origin}${new URL(iss).pathname}${prepared.path}`, {
    ...{ method: 'POST', headers: { ...JSON_TYPE, 'content-length': Buffer.byteLength(prepared.body) } },
  });
  const answered = new Promise<IncomingMessage>((resolve, reject) =>
    outgoing.on('response', resolve).on('error', reject),
  );
  outgoing.flushHeaders();
  await pause(lateMs);
  const began = performance.now();
  outgoing.end(prepared.body);
  const { statusCode } = (await answered).resume();
  assert.equal(statusCode, 200);
  return performance.now() - began;
}

/** What does not differ from request to request anyway. */
const visible = ({ support: _, token: __, milliseconds: ___, ...rest }: Seen) => rest;

async function opened(token: string): Promise<VerifiedToken> {
  const { published } = await service.keys.of(iss);
  const verifier = createTokenVerifier({
    issuers: [{ iss, keys: createFixedKeys(published) }],
    ...{ audience: API, apps: [APP.package], clock: () => hands.now, sealed: { keys: [privateKey] } },
  });
  return verifier.verify(token, 'dpop');
}

describe('a sealed answer', () => {
  before(() => register('sealed'));

  it('has one status, one length, and the same members in the same order, whatever became of the request', async () => {
    const seen = await Promise.all((Object.keys(KINDS) as Kind[]).map(ask)); // the keys of KINDS by definition
    for (const each of seen) {
      assert.deepEqual(visible(each), visible(seen[0] ?? each));
      // Timers may be early by a part of a millisecond.
      assert.ok(each.milliseconds > STEP_MS - 2, 'left before the first step of time');
    }
    assert.deepEqual(seen[0]?.members, ['v', 'iss', 'aud', 'iat', 'support', 'rqh', 'next', 'result', 'tokens']);
    assert.equal(seen[0]?.status, 200);
  });

  it('counts its steps from where the work begins: a sender who holds back his body does not move them', async () => {
    for (const kind of ['admitted', 'refused by the policy'] as const) {
      assert.ok((await msBehindLateBody(kind, STEP_MS * 0.7)) > STEP_MS - 2, kind);
    }
  });

  it('holds a genuine token that admits to nothing where the app was refused', async () => {
    const verdicts: Record<string, string> = {};
    for (const kind of Object.keys(KINDS) as Kind[]) {
      const { claims, isSealed, jkt } = await opened((await ask(kind)).token ?? '');
      assert.ok(isSealed && jkt !== undefined);
      verdicts[kind] = `${claims.att.tier} ${claims.acr}`;
    }
    const nothing = 'contraindicated urn:assay:app:none';
    const { admitted, ...refused } = verdicts;
    assert.notEqual(admitted, nothing);
    assert.deepEqual(refused, {
      'refused by the policy': nothing,
      'refused for its evidence': nothing,
      'refused for its message': nothing,
    });
  });

  it('is the same kind of answer however often a request is sent, and to whatever challenge', async () => {
    const kinds = Object.keys(KINDS) as Kind[];
    await Promise.all(
      kinds.map(async (kind) => {
        const sent = await prepare(kind);
        const first = await sendIt(sent);
        for (let round = 0; round < 5; round += 1) {
          const again = await sendIt(sent);
          assert.deepEqual(
            { ...visible(again), support: again.support },
            { ...visible(first), support: first.support },
            kind,
          );
        }
      }),
    );
  });

  it('leaves secrets and reasons out, and tells the operator everything', async () => {
    const events: string[] = [];
    const unsubscribe = service.events.subscribe((event) => {
      if (event.type === 'appraisal') events.push(event.result);
      if (event.type === 'rejection') events.push(event.rejection.code);
    });
    for (const kind of Object.keys(KINDS) as Kind[]) await ask(kind);
    unsubscribe();
    assert.deepEqual(events, ['ok', 'refused', 'android.signer_mismatch', 'tokens.request_signature_invalid']);
  });

  it('gives a decoy for an API that asks for more than the verdict', async () => {
    await register('sealed', { encryptionKey: ENCRYPTION_KEY, minimum: 'high' });
    const { app } = await service.store
      .registered(iss, 'app', APP.package)
      .then((row) => ({ app: JSON.parse(row?.value ?? '{}') }));
    await put(`apps/${APP.package}`, { ...app, rollout: { stage: 'monitor' } });
    const seen = await ask('refused by the policy');
    const { claims } = await opened(seen.token ?? '');
    assert.deepEqual([seen.status, claims.att.tier, claims.att.stg], [200, 'contraindicated', undefined]);
    await register('sealed');
  });

  it('is none where an API has no key to seal to, for everybody alike', async () => {
    await register('sealed', {});
    for (const kind of ['admitted', 'refused by the policy', 'refused for its evidence'] as const) {
      const { prepared, send } = await prepare(kind);
      const url = `${origin}${new URL(iss).pathname}${prepared.path}`;
      const response = await send(url, { method: 'POST', headers: JSON_TYPE, body: prepared.body });
      assert.deepEqual([response.status, JSON.parse(await response.text()).code], [500, 'server_misconfigured']);
    }
    await register('sealed');
  });
});

const featuresOf = ({ status, length, members, tokenLengths, milliseconds }: Seen): readonly number[] => [
  ...[status, length, members.length, tokenLengths.length],
  Math.floor(milliseconds / STEP_MS),
];

/** Answers of both kinds, in a random order. */
async function collect(count: number): Promise<readonly Sample[]> {
  const refusals = Object.keys(KINDS).slice(1) as Kind[];
  const kinds = Array.from({ length: count }, (_, index) =>
    index % 2 === 0 ? 'admitted' : (refusals[Math.floor(index / 2) % refusals.length] ?? 'admitted'),
  );
  const shuffled = kinds
    .map((kind) => ({ kind, key: random(4).join() }))
    .toSorted((a, b) => a.key.localeCompare(b.key));
  return Promise.all(
    shuffled.map(async ({ kind }) => ({ features: featuresOf(await ask(kind)), isOk: kind === 'admitted' })),
  );
}

describe('a classifier of answers', () => {
  it('tells them apart where refusals are explicit, so it can learn', async () => {
    await register('explicit', {});
    const [known, unseen] = [await collect(24), await collect(24)];
    assert.equal(accuracy(train(known), unseen), 1);
  });

  it('attack 43: stays at chance in sealed mode', async () => {
    await register('sealed');
    const [known, unseen] = [await collect(24), await collect(24)];
    const found = accuracy(train(known), unseen);
    // 24 fair coins fall 20 times alike in less than one run of a thousand.
    assert.ok(found < 20 / 24, `${found}`);
  });
});
