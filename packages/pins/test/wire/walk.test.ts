import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type PinSigner, type RootDocument, replyKeys, verifyRootDocument, walkRoots } from '@assay/pins';
import { toRootPayload } from '../../src/wire/root.ts';
import { context, createKey, NOW, pinsKey, replyKey, roleOf, root, rootKey, wireOf, withCode } from './documents.ts';

const newKey = createKey('root-2');
const wireOfRoot = (document: RootDocument, ...signers: PinSigner[]) =>
  wireOf(toRootPayload(document), signers, {}, 'assay-root+jws');
const next: RootDocument = { ...root, v: 2, roles: { ...root.roles, root: roleOf(1, newKey) } };
const both = [rootKey.signer, newKey.signer];

describe('built-in root document', () => {
  it('is read when its own keys signed it', async () => {
    assert.deepEqual(await verifyRootDocument(await wireOfRoot(root, rootKey.signer), context), root);
  });

  it('is refused when signed by others, or for another app', async () => {
    for (const signer of [pinsKey.signer, createKey('root-1').signer]) {
      await assert.rejects(
        verifyRootDocument(await wireOfRoot(root, signer), context),
        withCode('pins.threshold_not_met'),
      );
    }
    for (const change of [{ app: 'com.example.other' }, { env: 'dev' }]) {
      const wire = await wireOfRoot({ ...root, ...change }, rootKey.signer);
      await assert.rejects(verifyRootDocument(wire, context), withCode('pins.wrong_app'));
    }
  });

  it('is the only way to the reply keys', () =>
    assert.deepEqual(replyKeys(root), new Map([['reply-1', replyKey.jwk]])));
});

describe('walking root documents', () => {
  const rows: readonly [string, Promise<string>, string][] = [
    ['signed by its own key only', wireOfRoot(next, newKey.signer), 'pins.threshold_not_met'],
    ['signed by the old key only', wireOfRoot(next, rootKey.signer), 'pins.threshold_not_met'],
    ['that skips a version', wireOfRoot({ ...next, v: 3 }, ...both), 'pins.root_out_of_order'],
    ['of the same version', wireOfRoot({ ...next, v: 1 }, ...both), 'pins.root_out_of_order'],
    ['with a lower epoch', wireOfRoot({ ...next, epoch: 1 }, ...both), 'pins.root_out_of_order'],
    ['for another app', wireOfRoot({ ...next, app: 'com.example.other' }, ...both), 'pins.wrong_app'],
    ['for another environment', wireOfRoot({ ...next, env: 'dev' }, ...both), 'pins.wrong_app'],
    ['past its expiry', wireOfRoot({ ...next, exp: NOW / 1000 }, ...both), 'pins.root_expired'],
    ['signed as a pin set', wireOf(toRootPayload(next), both), 'pins.document_malformed'],
  ];

  it('arrives at the newest, and from there on knows its keys only', async () => {
    const third: RootDocument = { ...next, v: 3, epoch: 4 };
    const wires = [await wireOfRoot(next, ...both), await wireOfRoot(third, newKey.signer)];
    assert.deepEqual(await walkRoots(root, wires, context), third);
    const usurped = [wires[0] ?? '', await wireOfRoot(third, rootKey.signer)];
    await assert.rejects(walkRoots(root, usurped, context), withCode('pins.threshold_not_met'));
  });

  it('stays where it is when there is nothing newer', async () =>
    assert.equal(await walkRoots(root, [], context), root));

  it('passes over an expired one in the middle', async () => {
    const expired = { ...next, exp: root.iat + 1 };
    const third = { ...next, v: 3 };
    const wires = [await wireOfRoot(expired, ...both), await wireOfRoot(third, newKey.signer)];
    assert.equal((await walkRoots(root, wires, context)).v, 3);
  });

  for (const [name, wire, code] of rows) {
    it(`refuses one ${name}`, async () => assert.rejects(walkRoots(root, [await wire], context), withCode(code)));
  }

  it('refuses an expired start, a start for another app, and too many steps', async () => {
    await assert.rejects(walkRoots(root, [], { ...context, now: root.exp * 1000 }), withCode('pins.root_expired'));
    await assert.rejects(walkRoots(root, [], { ...context, app: 'other' }), withCode('pins.wrong_app'));
    await assert.rejects(walkRoots(root, Array(33).fill(''), context), withCode('pins.too_large'));
  });
});
