import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { InstanceKey, PreparedRequest } from '@assay/client';
import type { Instance, Purpose } from '@assay/core';
import { parseBase64url, utf8 } from '@assay/formats';
import { makeChallenge } from '@assay/service';
import { createRequestJws, PURPOSES, type Role, roleRow, type Statement } from '@assay/tokens';
import {
  API,
  APP,
  createTestPhone,
  createTestWorld,
  ISSUER,
  type Platform,
  send,
  type TestPhone,
} from '../support/world.ts';

const world = await createTestWorld();

/** What a rejection was counted under. */
async function codeOf(prepared: PreparedRequest): Promise<string> {
  world.events.length = 0;
  try {
    const { status } = await send(world, prepared);
    if (status === 200) return 'accepted';
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    return String(error.code);
  }
  const rejection = world.events.find(({ type }) => type === 'rejection');
  return rejection?.type === 'rejection' ? rejection.rejection.code : 'refused by policy';
}

/** The same request with another statement, signed again by the phone's own key: its owner can do that. */
async function restated(
  prepared: PreparedRequest,
  change: { readonly [K in keyof Statement]?: Statement[K] | undefined },
  key: InstanceKey = prepared.instance.key,
) {
  const body = JSON.parse(prepared.body);
  const statement = JSON.parse(Buffer.from(parseBase64url(body.request.split('.')[1])).toString());
  const bytes = utf8(JSON.stringify({ ...statement, ...change }));
  const request = await createRequestJws(bytes, key.jwk, key.sign);
  return { body: { ...body, request }, make: (next: object) => ({ ...prepared, ...next }) };
}

/** An assertion that claims the attested key of an instance for its own. */
async function naming(prepared: PreparedRequest, row: Instance | undefined): Promise<PreparedRequest> {
  const { body, make } = await restated(prepared, { akid: row?.attestedKey });
  return make({ body: JSON.stringify(body) });
}

async function enrolled(platform: Platform): Promise<TestPhone> {
  const phone = createTestPhone(world, platform);
  await phone.ask('enrol');
  return phone;
}

describe('attack 9: evidence of one role used as another', () => {
  const PIECES: Readonly<Record<Platform, readonly Role[]>> = {
    ios: ['apple-attest', 'apple-assert'],
    android: ['android-key'],
  };
  for (const platform of ['ios', 'android'] as const) {
    for (const made of ['enrol', 'refresh'] as const) {
      for (const purpose of Object.keys(PURPOSES) as Purpose[]) {
        for (const role of PIECES[platform]) {
          const isSame = purpose === made;
          const fits =
            isSame && (made === 'enrol' ? role === 'apple-attest' || role === 'android-key' : role === 'apple-assert');
          if (fits) continue;
          it(`${platform}: ${made} as ${purpose} with ${role}`, async () => {
            const phone = made === 'enrol' ? createTestPhone(world, platform) : await enrolled(platform);
            const prepared = await phone.prepare(made);
            const { path, challenge } = PURPOSES[purpose];
            const jkt = challenge === 'refresh' ? prepared.instance.jkt : undefined;
            const fresh = await makeChallenge(world.service, ISSUER, { app: APP.package, jkt });
            const other = phone.instance?.jkt ?? prepared.instance.jkt;
            const { akid } = JSON.parse(
              Buffer.from(
                prepared.body.length > 0 ? JSON.parse(prepared.body).request.split('.')[1] : '',
                'base64url',
              ).toString(),
            );
            const { body, make } = await restated(prepared, {
              ...{ purpose, challenge: fresh.attestation_challenge, ev: [role] },
              ...(purpose === 'rekey' ? { old: other } : {}),
              ...(akid === undefined && roleRow(role).anchor === 'app_attest_key' ? { akid: 'A'.repeat(43) } : {}),
            });
            const evidence =
              body.evidence.length === 0
                ? [{ role, enc: 'expo-chain', data: ['MAA='] }]
                : body.evidence.map((piece: object) => ({ ...piece, role }));
            const code = await codeOf(make({ path, body: JSON.stringify({ ...body, evidence }) }));
            assert.notEqual(code, 'accepted');
            assert.notEqual(code, 'refused by policy');
          });
        }
      }
    }
  }
});

describe('evidence of a purpose', () => {
  it('is never less than its table asks: attack 16, a refresh on iOS without an assertion', async () => {
    const phone = await enrolled('ios');
    const prepared = await phone.prepare('refresh');
    const { body, make } = await restated(prepared, { ev: [], akid: undefined });
    assert.equal(
      await codeOf(make({ body: JSON.stringify({ ...body, evidence: [] }) })),
      'service.evidence_not_accepted',
    );
  });

  it('stands as declared: attack 12, a piece stripped', async () => {
    for (const platform of ['ios', 'android'] as const) {
      const prepared = await createTestPhone(world, platform).prepare('enrol');
      const body = JSON.stringify({ ...JSON.parse(prepared.body), evidence: [] });
      assert.equal(await codeOf({ ...prepared, body }), 'tokens.evidence_undeclared');
    }
  });

  it('of another format serves no instance: attack 14', async () => {
    const [ios, android] = [await enrolled('ios'), await enrolled('android')];
    const asserted = await ios.prepare('refresh');
    const fresh = await makeChallenge(world.service, ISSUER, { app: APP.package, jkt: android.instance?.jkt });
    assert.ok(android.instance !== undefined);
    const change = { challenge: fresh.attestation_challenge };
    const { body, make } = await restated(asserted, change, android.instance.key);
    assert.equal(await codeOf(make({ body: JSON.stringify(body) })), 'service.evidence_not_accepted');
  });

  it('by an App Attest key serves no instance that has another one', async () => {
    const [phone, other] = [await enrolled('ios'), await enrolled('ios')];
    const row = await world.store.instance(ISSUER.iss, other.instance?.jkt ?? '');
    assert.equal(await codeOf(await naming(await phone.prepare('refresh'), row)), 'service.evidence_not_accepted');
  });

  it('by an instance of one app serves no other app', async () => {
    const phone = await enrolled('android');
    const other = 'com.example.other';
    const document = { id: other, label: 'Other', audiences: [API], apple: { appIds: [APP.appleId] } };
    await world.store.register(ISSUER.iss, 'app', other, JSON.stringify(document), 0, world.hands.now);
    const fresh = await makeChallenge(world.service, ISSUER, { app: other, jkt: phone.instance?.jkt });
    const change = { app: other, challenge: fresh.attestation_challenge };
    const { body, make } = await restated(await phone.prepare('refresh'), change);
    assert.equal(await codeOf(make({ body: JSON.stringify(body) })), 'service.instance_unknown');
  });

  it('by a key that cannot be an instance’s is refused, whatever the policy: attack 22', async () => {
    for (const fault of ['attest-key', 'imported-key'] as const) {
      const prepared = await createTestPhone(world, 'android', [fault]).prepare('enrol');
      assert.equal(await codeOf(prepared), 'service.key_unfit');
      assert.equal(await world.store.instance(ISSUER.iss, prepared.instance.jkt), undefined);
    }
  });
});

describe('rekey', () => {
  it('without consent of the old key is refused', async () => {
    const phone = await enrolled('android');
    const prepared = await phone.prepare('rekey');
    const { cosign: _, ...body } = JSON.parse(prepared.body);
    assert.match(await codeOf({ ...prepared, body: JSON.stringify(body) }), /rekey_unproven|cosign|consent/);
  });

  it('moves no instance to evidence of another platform: attack 14', async () => {
    for (const [from, to] of [
      ['ios', 'android'],
      ['android', 'ios'],
    ] as const) {
      const [old, other] = [(await enrolled(from)).instance, await enrolled(to)];
      assert.ok(old !== undefined && other.instance !== undefined);
      // One owner of both devices: the other device speaks, and the old key consents.
      other.instance = { ...other.instance, jkt: old.jkt, key: old.key };
      const row = await world.store.instance(ISSUER.iss, old.jkt);
      const prepared = await other.prepare('rekey');
      assert.equal(
        await codeOf(to === 'ios' ? await naming(prepared, row) : prepared),
        'service.evidence_not_accepted',
      );
      assert.equal((await world.store.instance(ISSUER.iss, old.jkt))?.status, 'active');
    }
  });

  it('leaves the old instance superseded', async () => {
    for (const platform of ['ios', 'android'] as const) {
      const phone = await enrolled(platform);
      const old = phone.instance;
      assert.equal((await phone.ask('rekey')).status, 200);
      assert.equal((await world.store.instance(ISSUER.iss, old?.jkt ?? ''))?.status, 'superseded');
      const back = { ...phone, instance: old };
      phone.instance = old;
      assert.equal(await codeOf(await back.prepare('refresh')), 'service.instance_revoked');
    }
  });
});

describe('attack 20: one App Attest key under two instances', () => {
  it('is refused at the second enrolment, and goes by rekey', async () => {
    const phone = createTestPhone(world, 'ios');
    const first = await phone.prepare('enrol');
    const second = await phone.prepare('enrol');
    assert.equal(await codeOf(first), 'accepted');
    assert.equal(await codeOf(second), 'accepted', 'another key A is another device');
    const again = await makeChallenge(world.service, ISSUER, { app: APP.package });
    const { body, make } = await restated(first, { challenge: again.attestation_challenge });
    assert.equal(await codeOf(make({ body: JSON.stringify(body) })), 'apple.nonce_mismatch');
    phone.instance = first.instance;
    assert.equal((await phone.ask('rekey')).status, 200);
  });
});
