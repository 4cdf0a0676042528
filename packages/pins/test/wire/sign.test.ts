import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type RootDocument, signPinSet, signRoot, verifyPinSet, verifyRootDocument, walkRoots } from '@assay/pins';
import {
  context,
  createKey,
  host,
  LIVE,
  lint,
  pinSet,
  pinsKey,
  renamed,
  replyKey,
  roleOf,
  root,
  rootKey,
  withCode,
} from './documents.ts';

describe('signing a pin set', () => {
  it('makes what clients accept, below their limit', async () => {
    const wire = await signPinSet(pinSet, [pinsKey.signer], lint);
    assert.deepEqual((await verifyPinSet(wire, root, context)).set, pinSet);
  });

  it('does not sign what would cut apps off', async () => {
    const alone = { ...pinSet, hosts: [{ ...host, spki: [LIVE] }] };
    await assert.rejects(signPinSet(alone, [pinsKey.signer], lint), withCode('pins.would_brick'));
    await assert.rejects(
      signPinSet({ ...pinSet, on_expiry: 'system' }, [pinsKey.signer], lint),
      withCode('pins.would_brick'),
    );
  });

  it('signs in spite of warnings', async () => {
    await assert.doesNotReject(signPinSet(pinSet, [pinsKey.signer], { ...lint, served: new Map() }));
  });

  it('refuses keys of other roles, strangers, and too few', async () => {
    for (const signers of [[], [replyKey.signer], [createKey('x').signer], [pinsKey.signer, rootKey.signer]]) {
      await assert.rejects(signPinSet(pinSet, signers, lint), withCode('pins.signer_not_in_role'));
    }
    const twin = renamed(pinsKey, 'twin');
    const two = { ...root, roles: { ...root.roles, pins: roleOf(2, pinsKey, twin, createKey('third')) } };
    await assert.rejects(
      signPinSet(pinSet, [pinsKey.signer, twin.signer], { ...lint, root: two }),
      withCode('pins.signer_not_in_role'),
    );
  });

  it('refuses sets that clients would not read', async () => {
    const cases = [
      [{ app: 'com.example.other' }, 'pins.wrong_app'],
      [{ epoch: 1 }, 'pins.epoch_mismatch'],
      [{ hosts: [] }, 'pins.document_malformed'],
      [{ hosts: [{ ...host, h: '*.example.com' }] }, 'pins.document_malformed'],
    ] as const;
    for (const [change, code] of cases) {
      await assert.rejects(signPinSet({ ...pinSet, ...change }, [pinsKey.signer], lint), withCode(code));
    }
  });
});

describe('signing a root document', () => {
  const newKey = createKey('root-2');
  const next: RootDocument = { ...root, v: 2, roles: { ...root.roles, root: roleOf(1, newKey) } };

  it('makes a first one and successors that clients follow', async () => {
    const first = await verifyRootDocument(await signRoot(root, [rootKey.signer]), context);
    const second = await signRoot(next, [rootKey.signer, newKey.signer], first);
    assert.deepEqual(await walkRoots(first, [second], context), next);
  });

  it('refuses successors that clients would not follow', async () => {
    await assert.rejects(signRoot(next, [newKey.signer], root), withCode('pins.signer_not_in_role'));
    await assert.rejects(signRoot(next, [rootKey.signer], root), withCode('pins.signer_not_in_role'));
    const both = [rootKey.signer, newKey.signer];
    await assert.rejects(signRoot({ ...next, v: 3 }, both, root), withCode('pins.root_out_of_order'));
    await assert.rejects(signRoot({ ...next, epoch: 1 }, both, root), withCode('pins.root_out_of_order'));
    await assert.rejects(signRoot({ ...next, env: 'dev' }, both, root), withCode('pins.wrong_app'));
  });
});
