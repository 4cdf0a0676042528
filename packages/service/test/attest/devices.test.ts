/** Test devices of every kind, with one fault each, before the service as it is. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Instance, type Purpose, prepareRequest } from '@assay/client';
import { NODE_CRYPTO } from '@assay/client/node';
import { AssayError } from '@assay/core';
import { HUAWEI_REASONS, loadHuaweiAnchors, PLAY_REASONS } from '@assay/evidence';
import { toBase64, utf8 } from '@assay/formats';
import { makeChallenge } from '@assay/service';
import {
  createVirtualAppCheck,
  createVirtualCaptcha,
  createVirtualPhone,
  FAULTS,
  type Fault,
  type FaultKind,
  type FaultRow,
  type VirtualAppCheck,
  type VirtualPhone,
  type VirtualPhoneOptions,
} from '@assay/virtual-devices';
import { loadAnchor } from '@assay/x509';
import { giveGrant } from '../support/pieces.ts';
import {
  API,
  APP,
  createTestWorld,
  ISSUER,
  random,
  registerPolicy,
  roots,
  send,
  type TestWorld,
} from '../support/world.ts';

/** Wants of each token what it can say; a key attestation is judged by the strict policy elsewhere. */
const POLICY = `assay: policy/1
name: tokens
description: A test.
rules:
  - { id: any, require: size(evidence) > 0, otherwise: { tier: none, code: policy.platform_unproven }, why: A test. }
  - id: recognised
    when: '"play-integrity" in evidence'
    require: app.recognition == "recognized"
    otherwise: { tier: contraindicated, code: policy.app_unrecognized }
    why: A test.
  - id: certified
    when: '"play-integrity" in evidence'
    require: '"device" in device.labels'
    otherwise: { tier: contraindicated, code: policy.integrity_insufficient }
    why: A test.
  - id: sound
    when: '"huawei-sysintegrity" in evidence || "harmony-sysintegrity" in evidence'
    require: '"basic" in device.labels'
    otherwise: { tier: contraindicated, code: policy.integrity_insufficient }
    why: A test.
assurance:
  - { level: low, when: size(evidence) > 0 }
`;

const PROJECT = '123456789012';
const FIREBASE_APP = `1:${PROJECT}:android:0123456789abcdef`;

const HUAWEI_APP = { name: APP.package, signers: [{ sha256: APP.signer, label: 'test' }], appId: '100200300' };
const DOCUMENT = {
  ...{ google: {}, dev: true, policy: 'tokens' },
  huawei: { packages: [HUAWEI_APP] },
  harmony: { bundles: [HUAWEI_APP] },
  appCheck: { project: PROJECT, appIds: [FIREBASE_APP] },
  web: { origins: ['https://app.example.com'], siteHosts: ['app.example.com'] },
};

async function openWorld(): Promise<TestWorld> {
  const world = await createTestWorld(DOCUMENT);
  await registerPolicy(world, 'tokens', POLICY);
  const { service } = world;
  const captcha = createVirtualCaptcha({ host: 'app.example.com', random, clock: () => world.hands.now });
  const playKeys = (name: string) => (name === APP.package ? roots.playKeys : undefined);
  const reasons = new Map([...service.reasons, ...Object.entries({ ...PLAY_REASONS, ...HUAWEI_REASONS })]);
  Object.assign(service, {
    ...{ captcha, reasons, vendors: { ...service.vendors, playKeys, captcha } },
    trust: { ...service.trust, huawei: roots.anchors.huawei.map(loadAnchor) },
  });
  captchas.set(world, captcha);
  return world;
}

/** Firebase's part of this app, whose keys the service then has. */
function appCheckOf({ service, hands }: TestWorld): VirtualAppCheck {
  const appCheck = createVirtualAppCheck({ project: PROJECT, appId: FIREBASE_APP, random, clock: () => hands.now });
  Object.assign(service, { vendors: { ...service.vendors, appCheckKeys: async () => appCheck.keys } });
  return appCheck;
}

const captchas = new WeakMap<TestWorld, ReturnType<typeof createVirtualCaptcha>>();

type Own = VirtualPhoneOptions extends infer O
  ? O extends unknown
    ? Omit<O, 'roots' | 'app' | 'random' | 'clock'>
    : never
  : never;

function createDevice({ hands }: TestWorld, own: Own): VirtualPhone {
  const common = { roots, app: APP, random, clock: () => hands.now };
  return createVirtualPhone({ ...common, ...own } as VirtualPhoneOptions); // the members that were left out of one of them
}

/** What the service says to requests of these purposes, the first of which enrols: `ok`, or the code that it stopped with. */
async function ask(world: TestWorld, phone: VirtualPhone, purposes: readonly Purpose[]): Promise<readonly string[]> {
  const found: string[] = [];
  let instance: Instance | undefined;
  for (const purpose of purposes) {
    const jkt = purpose === 'refresh' ? instance?.jkt : undefined;
    const { attestation_challenge: challenge } = await makeChallenge(world.service, ISSUER, { app: APP.package, jkt });
    const speaker = {
      iss: ISSUER.iss,
      app: APP.package,
      version: '4.2.0',
      build: '4201',
      os: phone.os,
      audiences: [API],
      secrets: [],
    };
    const plan = { purpose, challenge, instance };
    const prepared = await prepareRequest(plan, { speaker, adapter: phone, crypto: NODE_CRYPTO, random });
    found.push(await outcomeOf(world, prepared));
    instance = prepared.instance;
  }
  return found;
}

async function outcomeOf(world: TestWorld, prepared: Parameters<typeof send>[1]): Promise<string> {
  world.events.length = 0;
  try {
    const { status } = await send(world, prepared);
    if (status === 200) return 'ok';
  } catch (error) {
    if (!(error instanceof AssayError)) throw error;
    return error.code;
  }
  const refused = world.events.findLast(({ type }) => type === 'rejection' || type === 'appraisal');
  if (refused?.type === 'rejection') return refused.rejection.code;
  assert.ok(refused?.type === 'appraisal');
  return refused.appraisal.verdict.reasons[0] ?? 'none';
}

interface Row {
  readonly kinds: readonly FaultKind[];
  readonly own: Own;
}

const ROWS: Readonly<Record<string, Row>> = {
  'a key and Play': { kinds: ['beside'], own: { platform: 'android', brings: 'key+play' } },
  'a key and classic Play': {
    kinds: ['beside'],
    own: { platform: 'android', brings: 'key+play-classic', model: 'test-phone-a2' },
  },
  'Play alone': { kinds: ['play'], own: { platform: 'android', brings: 'play' } },
  'classic Play alone': { kinds: ['play'], own: { platform: 'android', brings: 'play-classic' } },
  HMS: { kinds: ['hms'], own: { platform: 'android', brings: 'hms' } },
  HarmonyOS: { kinds: ['harmony'], own: { platform: 'harmonyos' } },
};

/** Faults that are in the evidence itself; what happens on the way is tested with the message. */
const codeOf = (fault: Fault, kinds: readonly FaultKind[]): string | undefined => {
  const row: FaultRow = FAULTS[fault];
  const difference = kinds.map((kind) => row[kind]).find((each) => each !== undefined);
  return difference !== undefined && 'changes' in difference ? difference.code : undefined;
};

describe('test devices', () => {
  for (const [name, { kinds, own }] of Object.entries(ROWS)) {
    it(`with ${name} enrol, refresh and rekey`, async () => {
      const world = await openWorld();
      const outcomes = await ask(world, createDevice(world, own), ['enrol', 'refresh', 'rekey', 'refresh']);
      assert.deepEqual(outcomes, ['ok', 'ok', 'ok', 'ok']);
    });

    it(`with ${name} are stopped for their fault`, async () => {
      const world = await openWorld();
      for (const fault of Object.keys(FAULTS) as Fault[]) {
        const code = codeOf(fault, kinds);
        if (code === undefined) continue;
        const phone = createDevice(world, { ...own, faults: [fault] });
        assert.deepEqual(await ask(world, phone, ['enrol']), [code], fault);
      }
    });
  }

  it('with a page, a grant or App Check enrol, refresh and rekey', async () => {
    const world = await openWorld();
    const captcha = captchas.get(world);
    assert.ok(captcha !== undefined);
    const { id, key } = await giveGrant(world, { maxUses: 5 });
    const grant = { id, sign: (input: Uint8Array) => key.sign(input) };
    const devices = [
      { platform: 'web', captcha },
      { platform: 'dev', grant },
      { platform: 'app-check', appCheck: appCheckOf(world) },
    ] as const;
    for (const own of devices) {
      const outcomes = await ask(world, createDevice(world, own), ['enrol', 'refresh', 'rekey']);
      assert.deepEqual(outcomes, ['ok', 'ok', 'ok'], own.platform);
    }
  });

  it('with a key of HUKS are told why it proves nothing here', async () => {
    const world = await openWorld();
    const phone = createDevice(world, { platform: 'harmonyos' });
    assert.ok(phone.order === 'software_key');
    const data = [toBase64(utf8('a chain of nobody knows which root'))];
    const attested: VirtualPhone = {
      ...phone,
      roles: { attest: 'harmony-key' },
      attest: async () => ({ role: 'harmony-key', enc: 'expo-chain', data }) as const,
    };
    assert.deepEqual(await ask(world, attested, ['enrol']), ['huawei.key_attestation_unverifiable']);
  });

  it('of Huawei are nothing to a server with the real roots', async () => {
    const world = await openWorld();
    Object.assign(world.service, { trust: { ...world.service.trust, huawei: loadHuaweiAnchors() } });
    for (const own of [{ platform: 'harmonyos' } as const, { platform: 'android', brings: 'hms' } as const]) {
      assert.deepEqual(await ask(world, createDevice(world, own), ['enrol']), ['x509.untrusted']);
    }
  });
});
