/** Bans that survive a reinstall: real servers on this machine stand for Apple's and Google's endpoints. */
import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { after, describe, it } from 'node:test';
import { prepareRequest } from '@assay/client';
import { NODE_CRYPTO } from '@assay/client/node';
import {
  createDeviceCheck,
  createPlayDecoder,
  createPlayRecall,
  createTeamTokens,
  endOrder,
  giveOrder,
  makeChallenge,
  type Vendors,
} from '@assay/service';
import { opaquePlay, playPayload, prepareWith } from '../support/pieces.ts';
import {
  type Answered,
  API,
  APP,
  createTestPhone,
  createTestWorld,
  ISSUER,
  random,
  registerPolicy,
  send,
  type TestPhone,
  type TestWorld,
} from '../support/world.ts';
import { realFetch } from '../vendors/stand-in.ts';

const TEAM = 'TEST123456';
const DAY = 86_400;

/** A server that keeps the bits of one device. `isAway`: it answers 503. */
interface Keeper {
  readonly url: string;
  bits: readonly boolean[];
  readonly writes: string[];
  isAway: boolean;
}

async function keeper(answer: (self: Keeper, path: string, body: string) => object): Promise<Keeper> {
  const server = createServer((request: IncomingMessage, response) => {
    void text(request).then((body) => {
      if (self.isAway) return response.writeHead(503).end();
      const json = JSON.stringify(answer(self, request.url ?? '', body));
      return response.writeHead(200, { 'content-type': 'application/json' }).end(json);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // of a server that listens on TCP
  const self: Keeper = { url: `http://127.0.0.1:${port}/`, bits: [false, true, false], writes: [], isAway: false };
  after(() => {
    server.closeAllConnections();
    server.close();
  });
  return self;
}

function withVendors(world: TestWorld, vendors: Partial<Vendors>): TestWorld {
  return { ...world, service: { ...world.service, vendors: { ...world.service.vendors, ...vendors } } };
}

async function ban({ service }: TestWorld, support: string, effect: 'ban' | 'pass' = 'ban') {
  const wish = { effect, target: 'support', value: support, reason: 'a test', seconds: DAY } as const;
  return giveOrder(service, 'ann', ISSUER, wish);
}

/** What was told of marks since it was asked last, once there is something. */
async function told({ events }: TestWorld): Promise<readonly (readonly [string, string | undefined])[]> {
  for (let turn = 0; turn < 200; turn++) {
    const marks = events.flatMap((event) => (event.type === 'ban_mark' ? [[event.outcome, event.code] as const] : []));
    if (marks.length > 0) {
      events.length = 0;
      return marks;
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return [];
}

const recorded = async ({ store }: TestWorld, { support }: Answered) => {
  const { facts, verdict } = (await store.appraisalBySupport(ISSUER.iss, support)) ?? assert.fail();
  return { mark: facts.history.banMark, tier: verdict.tier, reasons: verdict.reasons };
};

describe('a ban marks an iPhone by DeviceCheck', () => {
  const apple = () =>
    keeper((self, path, body) => {
      const { bit0, bit1 } = JSON.parse(body) as { readonly bit0?: boolean; readonly bit1?: boolean };
      if (path === '/update_two_bits') {
        self.writes.push(`${bit0} ${bit1}`);
        self.bits = [bit0 === true, bit1 === true];
        return {};
      }
      return { bit0: self.bits[0], bit1: self.bits[1] };
    });

  async function iosWorld(change: object = { banBit: 'bit0' }) {
    const server = await apple();
    const world = await createTestWorld({ apple: { appIds: [APP.appleId], team: TEAM, ...change } });
    const key = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
    const clock = () => world.hands.now;
    const network = { fetch: realFetch, clock, random };
    const authorize = createTeamTokens(clock, [{ team: TEAM, keyId: 'ABC123DEFG', key }]);
    const deviceCheck = createDeviceCheck(network, authorize, { url: server.url, timeoutMs: 1_000 });
    return { world: withVendors(world, { deviceCheck }), server };
  }

  /** A message of the app, with a token of DeviceCheck beside it. */
  async function ask(world: TestWorld, test: TestPhone, purpose: 'enrol' | 'refresh'): Promise<Answered> {
    const token = Buffer.from(random(24)).toString('base64');
    const adapter = {
      ...test.phone,
      companions: [
        {
          role: 'device-check' as const,
          comes: 'always' as const,
          collect: async () => ({ role: 'device-check' as const, data: token }),
        },
      ],
    };
    const jkt = purpose === 'refresh' ? test.instance?.jkt : undefined;
    const { attestation_challenge: challenge } = await makeChallenge(world.service, ISSUER, { app: APP.package, jkt });
    const speaker = {
      ...{ iss: ISSUER.iss, app: APP.package, version: '4.2.0', build: '4201', os: adapter.os },
      ...{ audiences: [API], secrets: [] },
    };
    const plan = { purpose, challenge, instance: test.instance };
    const prepared = await prepareRequest(plan, { speaker, adapter, crypto: NODE_CRYPTO, random });
    if (purpose === 'enrol') test.instance = prepared.instance;
    return send(world, prepared);
  }

  it('once, keeps the other bit, refuses the reinstalled app, and takes the mark back with the ban', async () => {
    const { world, server } = await iosWorld();
    const phone = createTestPhone(world, 'ios');
    const enrolled = await ask(world, phone, 'enrol');
    assert.equal(enrolled.status, 200);
    assert.deepEqual((await recorded(world, enrolled)).mark, {
      known: 'proven',
      value: false,
      by: 'apple-device-check',
    });

    const { order, reinstall } = await ban(world, enrolled.support);
    assert.deepEqual(reinstall, { outcome: 'marked', vendor: 'device_check' });
    assert.equal((await ask(world, phone, 'refresh')).status, 403);
    assert.deepEqual(await told(world), [['set', undefined]]);
    assert.equal((await ask(world, phone, 'refresh')).status, 403);
    assert.deepEqual(server.writes, ['true true'], 'bit1 is somebody else’s');

    const again = createTestPhone(world, 'ios');
    const { status, support } = await ask(world, again, 'enrol');
    assert.equal(status, 403);
    assert.deepEqual((await recorded(world, { support } as Answered)).reasons, ['policy.device_marked']);

    await endOrder(world.service, 'ann', ISSUER, order.id);
    world.events.length = 0;
    assert.equal((await ask(world, phone, 'refresh')).status, 200, 'with the very message that clears the bit');
    assert.deepEqual(await told(world), [['cleared', undefined]]);
    assert.equal((await ask(world, createTestPhone(world, 'ios'), 'enrol')).status, 200);
    assert.deepEqual(server.writes, ['true true', 'false true']);
  });

  it('takes the mark back by a pass for the install that came after the reinstall', async () => {
    const { world, server } = await iosWorld();
    server.bits = [true, false];
    const phone = createTestPhone(world, 'ios');
    const { support } = await ask(world, phone, 'enrol');
    await ban(world, support, 'pass');
    assert.equal((await ask(world, phone, 'refresh')).status, 200);
    assert.deepEqual(await told(world), [['cleared', undefined]]);
    assert.deepEqual(server.bits, [false, false]);
  });

  it('changes no verdict while Apple is away, and tries again with the next message', async () => {
    const { world, server } = await iosWorld();
    const phone = createTestPhone(world, 'ios');
    const { support } = await ask(world, phone, 'enrol');
    await ban(world, support);
    const { deviceCheck } = world.service.vendors;
    assert.ok(deviceCheck);
    const failing = withVendors(world, {
      deviceCheck: {
        query: deviceCheck.query,
        update: async (device, bits) => {
          server.isAway = true;
          await deviceCheck.update(device, bits).finally(() => {
            server.isAway = false;
          });
        },
      },
    });
    const refused = await ask(failing, phone, 'refresh');
    assert.deepEqual((await recorded(world, refused)).reasons, ['service.banned']);
    assert.deepEqual(await told(world), [['failed', 'service.vendor_unavailable']]);
    assert.equal((await ask(world, phone, 'refresh')).status, 403);
    assert.deepEqual(await told(world), [['set', undefined]]);
  });

  it('marks nothing where the app names no bit, nor for a ban of a model or by a rule', async () => {
    const { world, server } = await iosWorld({});
    const phone = createTestPhone(world, 'ios');
    const { support } = await ask(world, phone, 'enrol');
    assert.deepEqual((await recorded(world, { support } as Answered)).mark, { known: 'absent' });
    assert.deepEqual((await ban(world, support)).reinstall, { outcome: 'ends' });
    assert.equal((await ask(world, phone, 'refresh')).status, 403);
    const model = { effect: 'ban', target: 'model', value: 'Pixel', reason: 'a test', seconds: DAY } as const;
    assert.deepEqual((await giveOrder(world.service, 'ann', ISSUER, model)).reinstall, { outcome: 'holds' });
    assert.deepEqual(server.writes, []);
  });
});

describe('a ban marks an Android phone by device recall', () => {
  const NAMES = ['bitFirst', 'bitSecond', 'bitThird'];

  async function androidWorld({ tells = true } = {}) {
    const empty = await createTestWorld({ google: { recallBit: 'bit2' }, policy: 'house' });
    const server = await keeper((self, path, body) => {
      if (path === '/token') return { access_token: 'a', expires_in: 3_600, token_type: 'Bearer' };
      const asked = JSON.parse(body) as {
        readonly integrity_token?: string;
        readonly newValues?: Record<string, boolean>;
      };
      if (path === `/${APP.package}/deviceRecall:write`) {
        self.writes.push(JSON.stringify(asked.newValues));
        self.bits = NAMES.map((name, index) => asked.newValues?.[name] ?? self.bits[index] === true);
        return {};
      }
      const payload = playPayload(empty, asked.integrity_token?.split('.')[1] ?? '') as { deviceIntegrity: object };
      const values = Object.fromEntries(NAMES.flatMap((name, index) => (self.bits[index] ? [[name, true]] : [])));
      const recall = tells ? { deviceRecall: { values, writeDates: {} } } : {};
      return { tokenPayloadExternal: { ...payload, deviceIntegrity: { ...payload.deviceIntegrity, ...recall } } };
    });
    const account = {
      email: 'a@example.com',
      keyId: 'k',
      key: generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey,
    };
    const options = { account, endpoint: { url: server.url }, tokens: { url: `${server.url}token` } };
    const network = { fetch: realFetch, clock: () => empty.hands.now };
    const world = withVendors(empty, {
      playDecode: createPlayDecoder(network, options),
      playRecall: createPlayRecall(network, options),
    });
    await registerPolicy(world, 'house', POLICY);
    return { world, server };
  }

  async function ask(world: TestWorld, phone: TestPhone, purpose: 'enrol' | 'refresh'): Promise<Answered> {
    const prepared = await prepareWith(world, { purpose, phone, pieces: [opaquePlay] });
    if (purpose === 'enrol') phone.instance = prepared.instance;
    return send(world, prepared);
  }

  it('once, refuses the reinstalled app, and takes the mark back with the ban', async () => {
    const { world, server } = await androidWorld();
    const phone = createTestPhone(world, 'android');
    const { support, status } = await ask(world, phone, 'enrol');
    assert.equal(status, 200);
    const { order, reinstall } = await ban(world, support);
    assert.deepEqual(reinstall, { outcome: 'marked', vendor: 'device_recall' });
    assert.equal((await ask(world, phone, 'refresh')).status, 403);
    assert.deepEqual(await told(world), [['set', undefined]]);
    assert.equal((await ask(world, phone, 'refresh')).status, 403);
    assert.deepEqual(server.writes, ['{"bitThird":true}']);

    const again = await ask(world, createTestPhone(world, 'android'), 'enrol');
    assert.deepEqual((await recorded(world, again)).reasons, ['policy.device_marked']);

    await endOrder(world.service, 'ann', ISSUER, order.id);
    world.events.length = 0;
    assert.equal((await ask(world, phone, 'refresh')).status, 200);
    assert.deepEqual(await told(world), [['cleared', undefined]]);
    assert.deepEqual(server.bits, [false, true, false]);
  });

  it('writes seldom where Google tells no bits', async () => {
    const { world, server } = await androidWorld({ tells: false });
    const phone = createTestPhone(world, 'android');
    await ban(world, (await ask(world, phone, 'enrol')).support);
    for (const _ of [1, 2, 3]) {
      assert.equal((await ask(world, phone, 'refresh')).status, 403);
      assert.deepEqual(await told(world), [['set', undefined]]);
    }
    assert.equal(server.writes.length, 1);
  });
});

const POLICY = `assay: policy/1
name: house
description: A test.
rules:
  - id: platform
    require: platform == "android"
    otherwise: { tier: none, code: policy.platform_unproven }
    why: A test.
  - id: marked
    when: has(history.banMark)
    require: "!history.banMark"
    otherwise: { tier: contraindicated, code: policy.device_marked }
    why: A test.
assurance:
  - level: high
    when: key.protection == "hardware"
`;
