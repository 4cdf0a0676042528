import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from 'node:test';
import { NODE_CRYPTO } from '@assay/client/node';
import type { JsonValue } from '@assay/formats';
import { type PinSet, type PinSigner, type RootDocument, signPinSet, signRoot } from '@assay/pins';
import { generateSigningKey, type SigningKey, signReply } from '@assay/tokens';
import { createTrust, type StoredTrust, type Trust } from '../src/trust.ts';

const NOW = 1_795_257_600;
const DAY = 86_400;
const HOST = 'api.example.com';
const [rootKey, pinsKey, replyKey, newReplyKey] = [1, 2, 3, 4].map(() => generateSigningKey().key) as [
  SigningKey,
  SigningKey,
  SigningKey,
  SigningKey,
];
const roleOf = (...keys: readonly SigningKey[]) => ({
  keys: new Map(keys.map((key) => [key.kid, key.publicJwk])),
  threshold: 1,
});
const signerOf = (key: SigningKey): PinSigner => ({ kid: key.kid, sign: (bytes) => key.sign(bytes) });

const root: RootDocument = {
  ...{ app: 'com.example.bank', env: 'prod', v: 1, epoch: 1, iat: NOW - DAY, exp: NOW + 700 * DAY },
  roles: { root: roleOf(rootKey), pins: roleOf(pinsKey), reply: roleOf(replyKey) },
};
/** The recovery: another reply key, another epoch. It ends before the time that the stolen key will have named. */
const successor: RootDocument = {
  ...{ ...root, v: 2, epoch: 2, iat: NOW + DAY, exp: NOW + 400 * DAY },
  roles: { ...root.roles, reply: roleOf(newReplyKey) },
};
const rootWire = await signRoot(root, [signerOf(rootKey)]);
const toJson = (wire: string): JsonValue => JSON.parse(wire);
const successorJson = toJson(await signRoot(successor, [signerOf(rootKey)], root));
const pin = (name: string): string => createHash('sha256').update(name).digest('base64');

async function setOf(changes: Partial<PinSet>): Promise<JsonValue> {
  const iat = changes.iat ?? NOW;
  const exp = iat + 30 * DAY;
  const spki = [pin('live'), pin('backup')];
  const set: PinSet = {
    ...{ app: root.app, env: root.env, epoch: 1, v: 1, iat, nbf: iat, exp, refresh: 3600, on_expiry: 'keep' },
    ...{ hosts: [{ h: HOST, sub: false, mode: 'enforce', exp, spki }], ...changes },
  };
  const under = set.epoch === 1 ? root : successor;
  const served = new Map([[HOST, [pin('live')]]]);
  return toJson(await signPinSet(set, [signerOf(pinsKey)], { root: under, now: iat * 1000, served }));
}

const first = await setOf({});
const recovered = await setOf({ epoch: 2, iat: NOW + DAY });
const FAR = root.exp - 1;
const EXPECTED = { iss: 'https://attest.example.com', jkt: 'A'.repeat(43), rqh: 'A'.repeat(43) };
const NEW: StoredTrust = { roots: [], signedAt: 0, signedBy: '' };

function open(codes: string[], stored = NEW): Promise<Trust> {
  const report = (code: string) => codes.push(code);
  const { app, env } = root;
  return createTrust({ app, env, crypto: NODE_CRYPTO, trustedRoot: rootWire, report }, stored);
}

function hear(trust: Trust, iat: number, key = replyKey) {
  const { iss, jkt: aud, rqh } = EXPECTED;
  const refusal = { result: 'refused', class: 'device', action: 'retry', support: '7KQ2M-9XR4T-V' } as const;
  return trust.hear(signReply({ v: 1, iss, aud, rqh, iat, ...refusal }, key), EXPECTED);
}

/** A client with a set, after a reply of the stolen key that names a time far ahead. */
async function misled(codes: string[]): Promise<Trust> {
  const trust = await open(codes);
  await trust.follow({ roots: [], set: first }, (await hear(trust, NOW)).said);
  await trust.follow({ roots: [] }, (await hear(trust, FAR)).said);
  return trust;
}

const staleness = (trust: Trust) => {
  const enforcement = trust.enforcement(HOST);
  return enforcement.act === 'enforce' && enforcement.stale;
};

describe('a reply key that names a time far ahead', () => {
  it('marks the set stale, and shuts out no later set', async () => {
    const codes: string[] = [];
    const trust = await misled(codes);
    assert.equal(staleness(trust), true);
    const set = await setOf({ v: 2, iat: NOW + DAY });
    assert.equal(await trust.follow({ roots: [], set }, (await hear(trust, NOW + DAY)).said), true);
    assert.deepEqual([trust.mark, codes], [{ epoch: 1, v: 2 }, []]);
  });

  for (const isReopened of [false, true]) {
    it(`is overcome by a successor and its set${isReopened ? ', after a restart too' : ''}`, async () => {
      const codes: string[] = [];
      const before = await misled(codes);
      const trust = isReopened ? await open(codes, before.stored) : before;
      assert.equal(staleness(trust), true);
      assert.equal(await trust.follow({ roots: [successorJson] }), true);
      const { said } = await hear(trust, NOW + 2 * DAY, newReplyKey);
      assert.equal(await trust.follow({ roots: [], set: recovered }, said), true);
      assert.deepEqual([trust.mark, staleness(trust), codes], [{ epoch: 2, v: 1 }, false, []]);
      const again = await open(codes, trust.stored);
      assert.deepEqual([again.mark, staleness(again), again.stored], [{ epoch: 2, v: 1 }, false, trust.stored]);
      assert.equal(again.stored.signedAt, NOW + 2 * DAY);
    });
  }

  it('is overcome by documents that come in a reply of its own', async () => {
    const codes: string[] = [];
    const trust = await misled(codes);
    const { said } = await hear(trust, NOW + 2 * DAY);
    assert.equal(await trust.follow({ roots: [successorJson], set: recovered }, said), true);
    assert.deepEqual([trust.mark, staleness(trust), codes], [{ epoch: 2, v: 1 }, false, []]);
    assert.equal(trust.stored.signedAt, 0);
  });

  it('is overcome by a newer app that carries the successor', async () => {
    const { stored } = await misled([]);
    const { app, env } = root;
    const trustedRoot = JSON.stringify(successorJson);
    const trust = await createTrust({ app, env, crypto: NODE_CRYPTO, trustedRoot, report: () => {} }, stored);
    assert.equal(trust.stored.signedAt, 0);
  });

  it('is not believed past the end of the root document', async () => {
    const trust = await open([]);
    await assert.rejects(hear(trust, root.exp), { code: 'pins.root_expired' });
    const poisoned = { ...NEW, signedAt: 253_402_300_799, signedBy: replyKey.publicJwk.x };
    assert.equal((await open([], poisoned)).stored.signedAt, 0);
  });

  it('still begins no set before its time', async () => {
    const codes: string[] = [];
    const trust = await open(codes);
    await trust.follow({ roots: [], set: await setOf({ nbf: NOW + DAY }) }, (await hear(trust, NOW)).said);
    assert.deepEqual([trust.mark, codes], [undefined, ['pins.set_not_yet_valid']]);
  });
});

describe('a stolen pins key', () => {
  it('does not end a successor by the time in its set', async () => {
    const codes: string[] = [];
    const trust = await open(codes);
    const far = await setOf({ v: 2, iat: FAR - 40 * DAY, nbf: NOW });
    assert.equal(await trust.follow({ roots: [], set: far }, (await hear(trust, NOW)).said), true);
    assert.equal(
      await trust.follow({ roots: [successorJson], set: recovered }, (await hear(trust, NOW + DAY)).said),
      true,
    );
    assert.deepEqual([trust.mark, codes], [{ epoch: 2, v: 1 }, []]);
  });
});
