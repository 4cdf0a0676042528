import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { provenValue } from '@assay/core';
import {
  ANDROID_MODELS,
  type AndroidModelId,
  createVirtualPhone,
  FAULTS,
  type Fault,
  type FaultRow,
  HARMONY_MODELS,
  type HarmonyModelId,
  IOS_MODELS,
  type IosModelId,
  type VirtualPhone,
} from '@assay/virtual-devices';
import { createPhone, DEVICES, send } from './support/app.ts';
import { APP, NOW, random, roots } from './support/server.ts';

const common = { roots, app: APP, random, clock: () => NOW };

const PHONES: readonly (readonly [model: string, make: () => VirtualPhone])[] = [
  ...Object.keys(ANDROID_MODELS).map((model) => {
    return [
      model,
      () => createVirtualPhone({ ...common, platform: 'android', model: model as AndroidModelId }),
    ] as const;
  }),
  ...Object.keys(IOS_MODELS).map((model) => {
    return [model, () => createVirtualPhone({ ...common, platform: 'ios', model: model as IosModelId })] as const;
  }),
  ...Object.keys(HARMONY_MODELS).map((model) => {
    return [
      model,
      () => createVirtualPhone({ ...common, platform: 'harmonyos', model: model as HarmonyModelId }),
    ] as const;
  }),
];

describe('createVirtualPhone', () => {
  for (const [model, make] of PHONES) {
    it(`${model}: every model is accepted`, async () => {
      const [judgement] = await send(make(), ['enrol']);
      assert.deepEqual(judgement?.codes, []);
    });
  }

  it('android: what the phone says is proven under the test root', async () => {
    const [factory] = await send(createPhone('android'), ['enrol']);
    const phone = createVirtualPhone({ ...common, platform: 'android', model: 'test-phone-a2' });
    const [remote] = await send(phone, ['enrol']);
    const provisioning = [factory, remote].map(
      (judgement) => judgement?.facts && provenValue(judgement.facts.chain.provisioning),
    );
    assert.deepEqual(provisioning, ['factory', 'rkp']);
    assert.equal(remote?.facts && provenValue(remote.facts.device.model), 'Test Phone A2');
    assert.equal(remote?.facts && provenValue(remote.facts.device.osPatch), '2026-11');
  });

  it('ios: the launch information of iOS 27 is in the evidence', async () => {
    const [judgement] = await send(createPhone('ios'), ['enrol']);
    assert.equal(judgement?.facts && provenValue(judgement.facts.app.category), 'app_store');
    assert.equal(judgement?.facts && provenValue(judgement.facts.app.build), APP.bundleVersion);
  });

  it('has a name and a label for people', () => {
    assert.equal(createPhone('android').label, 'Test Phone A1');
    const phone = createPhone('android', ['unlocked-bootloader', 'stripped-evidence']);
    assert.deepEqual(
      [phone.model, phone.label],
      ['Test Phone A1', 'Test Phone A1, unlocked bootloader, stripped evidence'],
    );
  });

  it('refuses a fault that none of its evidence can have', () => {
    for (const fault of Object.keys(FAULTS) as Fault[]) {
      const row: FaultRow = FAULTS[fault];
      for (const { kinds, make } of Object.values(DEVICES)) {
        if (kinds.some((kind) => row[kind] !== undefined)) continue;
        assert.throws(() => make([fault]), { code: 'devices.fault_of_other_platform' });
      }
    }
  });

  it('a Play token beside the key is of the same phone', async () => {
    for (const model of Object.keys(ANDROID_MODELS) as AndroidModelId[]) {
      const options = { ...common, platform: 'android', model } as const;
      const [judgement] = await send(createVirtualPhone({ ...options, brings: 'play' }), ['enrol']);
      const sdk = judgement?.facts && provenValue(judgement.facts.device.sdk);
      assert.equal(sdk, ANDROID_MODELS[model].traits.sdk);
    }
  });

  it('Huawei phones say that they have no Google', async () => {
    for (const [name, platform] of [
      ['hms', 'android'],
      ['harmony', 'harmonyos'],
    ] as const) {
      const [judgement] = await send(DEVICES[name]?.make() ?? assert.fail(), ['enrol']);
      assert.equal(judgement?.facts && provenValue(judgement.facts.platform), platform);
      assert.deepEqual(judgement?.facts && provenValue(judgement.facts.device.labels), ['basic']);
    }
  });

  it('forgets a key that is removed', async () => {
    const phone = createPhone('ios');
    if (phone.order !== 'key_first') throw new TypeError('iOS makes keys first');
    const key = await phone.createKey();
    assert.deepEqual((await phone.findKey(key.id))?.jwk, key.jwk);
    await phone.removeKey(key.id);
    assert.equal(await phone.findKey(key.id), undefined);
  });

  it('asserts with no key that it never made', async () => {
    const phone = createPhone('ios');
    if (phone.order !== 'key_first') throw new TypeError('iOS makes keys first');
    await assert.rejects(phone.assert('A'.repeat(43), 'binding'), /invalidKey/);
  });

  it('leaves everything that is no message of the protocol as it is', async () => {
    const phone = createPhone('android', ['foreign-challenge', 'stripped-evidence']);
    const asked: string[] = [];
    const fetch = phone.through(async (request) => {
      asked.push(await request.text());
      return Response.json({ plain: true });
    });
    const response = await fetch(new Request('https://api.example.com/v1/things', { method: 'POST', body: 'body' }));
    assert.deepEqual([asked, await response.json()], [['body'], { plain: true }]);
    const busy = phone.through(async () => new Response('busy', { status: 503 }));
    const answer = await busy(new Request('https://attest.example.com/t/a/e/b/v1/challenge', { method: 'POST' }));
    assert.equal(await answer.text(), 'busy');
  });
});
