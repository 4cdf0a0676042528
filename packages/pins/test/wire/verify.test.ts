import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { RequestError } from '@assay/core';
import { type PinSet, type RootDocument, verifyPinSet } from '@assay/pins';
import { toPinSetPayload } from '../../src/wire/pin-set.ts';
import {
  context,
  createKey,
  NOW,
  pinSet,
  pinsKey,
  renamed,
  replyKey,
  roleOf,
  root,
  rootKey,
  wireOf,
  withCode,
} from './documents.ts';

const payload = toPinSetPayload(pinSet);
const wire = await wireOf(payload, [pinsKey.signer]);
const { hash } = await verifyPinSet(wire, root, context);
const stored = { epoch: 2, v: 42, hash };

const wireWith = (change: Partial<PinSet>) => wireOf(toPinSetPayload({ ...pinSet, ...change }), [pinsKey.signer]);
const withPins = (pins: RootDocument['roles']['pins']): RootDocument => ({ ...root, roles: { ...root.roles, pins } });

/** Each differs from the accepted one in one point. */
const rows: readonly [name: string, wire: Promise<string>, change: object, code: string][] = [
  ['another app', wireWith({ app: 'com.example.evil' }), {}, 'pins.wrong_app'],
  ['another environment', wireWith({ env: 'dev' }), {}, 'pins.wrong_app'],
  ['an app of which only the case differs', wireWith({ app: 'com.example.Bank' }), {}, 'pins.wrong_app'],
  ['an epoch before the root’s', wireWith({ epoch: 1 }), {}, 'pins.epoch_mismatch'],
  ['an epoch after the root’s', wireWith({ epoch: 3 }), {}, 'pins.epoch_mismatch'],
  ['a lower version', wireWith({ v: 41 }), { stored }, 'pins.rollback'],
  ['a lower epoch than the stored one', wireWith({ v: 99 }), { stored: { ...stored, epoch: 3 } }, 'pins.rollback'],
  ['the same version with other content', wireWith({ refresh: 3600 }), { stored }, 'pins.equivocation'],
  ['a set before its time', wireWith({}), { now: NOW - 1 }, 'pins.set_not_yet_valid'],
  ['a set from its expiry on', wireWith({}), { now: pinSet.exp * 1000 }, 'pins.set_expired'],
  ['a signature by the server’s reply key', wireOf(payload, [replyKey.signer]), {}, 'pins.threshold_not_met'],
  ['a signature by the root key', wireOf(payload, [rootKey.signer]), {}, 'pins.threshold_not_met'],
  [
    'a stranger under the name of the pins key',
    wireOf(payload, [createKey('pins-1').signer]),
    {},
    'pins.threshold_not_met',
  ],
  [
    'a signature as a root document',
    wireOf(payload, [pinsKey.signer], {}, 'assay-root+jws'),
    {},
    'pins.document_malformed',
  ],
];

describe('verifying a pin set', () => {
  it('accepts a first, a newer and the same set', async () => {
    assert.deepEqual(await verifyPinSet(wire, root, context), { set: pinSet, hash, isNewer: true });
    assert.equal((await verifyPinSet(wire, root, { ...context, stored: { ...stored, v: 41 } })).isNewer, true);
    assert.equal((await verifyPinSet(wire, root, { ...context, stored })).isNewer, false);
  });

  it('knows the same set again under another signature', async () => {
    const again = await wireOf(payload, [pinsKey.signer]);
    assert.notEqual(again, wire);
    assert.equal((await verifyPinSet(again, root, { ...context, stored })).isNewer, false);
  });

  it('accepts a lower version after the epoch was raised, and so recovers from a fast-forward', async () => {
    const raised = { ...root, v: 2, epoch: 3 };
    const first = await wireWith({ epoch: 3, v: 1 });
    const held = { epoch: 2, v: Number.MAX_SAFE_INTEGER, hash };
    assert.equal((await verifyPinSet(first, raised, { ...context, stored: held })).isNewer, true);
  });

  it('judges expiry by the proven time, and the beginning by the other', async () => {
    const times = { now: pinSet.exp * 1000, provenNow: NOW };
    assert.equal((await verifyPinSet(wire, root, { ...context, ...times })).isNewer, true);
    const ended = { ...context, now: NOW, provenNow: pinSet.exp * 1000 };
    await assert.rejects(verifyPinSet(wire, root, ended), withCode('pins.set_expired'));
    const early = { ...context, now: pinSet.nbf * 1000 - 1, provenNow: NOW };
    await assert.rejects(verifyPinSet(wire, root, early), withCode('pins.set_not_yet_valid'));
  });

  for (const [name, hostile, change, code] of rows) {
    it(`refuses ${name}`, async () => {
      await assert.rejects(verifyPinSet(await hostile, root, { ...context, ...change }), withCode(code));
    });
  }

  it('refuses every change of a byte of the payload or the signature', async () => {
    const document = JSON.parse(wire);
    for (const at of [0, 40, document.payload.length - 2]) {
      const flipped =
        document.payload.slice(0, at) + (document.payload[at] === 'A' ? 'B' : 'A') + document.payload.slice(at + 1);
      await assert.rejects(
        verifyPinSet(JSON.stringify({ ...document, payload: flipped }), root, context),
        withCode('pins.threshold_not_met'),
      );
    }
    const [{ protected: head, signature }] = document.signatures;
    for (const other of ['A'.repeat(86), signature.slice(43) + signature.slice(0, 43)]) {
      const changed = { ...document, signatures: [{ protected: head, signature: other }] };
      await assert.rejects(verifyPinSet(JSON.stringify(changed), root, context), RequestError);
    }
  });
});

describe('threshold of two', () => {
  const second = createKey('pins-2');
  const twin = renamed(pinsKey, 'pins-1b');
  const both = withPins(roleOf(2, pinsKey, twin, second));

  it('is met by two different keys', async () => {
    const signed = await wireOf(payload, [pinsKey.signer, second.signer]);
    assert.equal((await verifyPinSet(signed, both, context)).isNewer, true);
  });

  it('is not met by one key under two names', async () => {
    const signed = await wireOf(payload, [pinsKey.signer, twin.signer]);
    await assert.rejects(verifyPinSet(signed, both, context), withCode('pins.threshold_not_met'));
  });

  it('is not met by one key alone, nor by one and a stranger', async () => {
    for (const signers of [
      [pinsKey.signer],
      [pinsKey.signer, createKey('pins-2').signer],
      [pinsKey.signer, replyKey.signer],
    ]) {
      await assert.rejects(
        verifyPinSet(await wireOf(payload, signers), both, context),
        withCode('pins.threshold_not_met'),
      );
    }
  });

  it('is met where a stranger signed besides', async () => {
    const signed = await wireOf(payload, [createKey('x').signer, second.signer, pinsKey.signer]);
    assert.equal((await verifyPinSet(signed, both, context)).isNewer, true);
  });

  it('begins at refused: a role without keys or threshold accepts nothing', async () => {
    for (const role of [roleOf(0), roleOf(0, pinsKey), { ...roleOf(1), keys: new Map() }]) {
      await assert.rejects(verifyPinSet(wire, withPins(role), context), withCode('pins.threshold_not_met'));
    }
  });

  it('takes nothing but true for a valid signature', async () => {
    const verify = () => Promise.resolve(JSON.parse('"yes"'));
    await assert.rejects(verifyPinSet(wire, root, { ...context, verify }), withCode('pins.threshold_not_met'));
  });
});
