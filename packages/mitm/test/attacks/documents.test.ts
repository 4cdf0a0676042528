import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from 'node:test';
import { NODE_PIN_CRYPTO } from '@assay/pins';
import { type PinSetContext, signPinSet, signRoot, verifyPinSet, walkRoots } from '@assay/pins/wire';
import { ownKey } from '../../src/attacks/craft.ts';
import { rootOf, signedByAnother, unsignedSet } from '../../src/attacks/documents.ts';

const NOW = Date.UTC(2026, 10, 21);
const iat = NOW / 1000;
const keys = { root: ownKey(), pins: ownKey(), reply: ownKey() };
const SPKI = ['pinned', 'backup'].map((name) => createHash('sha256').update(name).digest('base64'));
const root = {
  ...rootOf(
    JSON.stringify({ payload: Buffer.from('{"app":"com.example.bank","env":"prod"}').toString('base64url') }),
    keys,
    NOW,
  ),
  v: 1,
};
const context: PinSetContext = { app: 'com.example.bank', env: 'prod', now: NOW, ...NODE_PIN_CRYPTO };

function genuine(): Promise<string> {
  const set = {
    ...{ app: 'com.example.bank', env: 'prod', epoch: 1, v: 1, iat, nbf: iat, exp: iat + 5_000_000, refresh: 86_400 },
    on_expiry: 'keep' as const,
    hosts: [{ h: 'api.example.com', sub: false, mode: 'enforce' as const, exp: iat + 5_000_000, spki: SPKI }],
  };
  return signPinSet(set, [keys.pins], { root, now: NOW });
}

describe('forged documents', () => {
  it('are in their form, newer, and lack nothing but the right signature', async () => {
    const published = await genuine();
    assert.equal((await verifyPinSet(published, root, context)).set.v, 1);
    const forged = signedByAnother(published, ownKey());
    await assert.rejects(verifyPinSet(forged, root, context), { code: 'pins.threshold_not_met' });
    assert.equal((await verifyPinSet(signedByAnother(published, keys.pins), root, context)).set.v, 2);
    await assert.rejects(verifyPinSet(unsignedSet(published), root, context), { code: 'pins.document_malformed' });
  });

  it('a root document of the attacker’s follows nobody', async () => {
    const own = { root: ownKey(), pins: ownKey(), reply: ownKey() };
    const successor = await signRoot(rootOf(await genuine(), own, NOW), [own.root]);
    const walk = walkRoots(root, [successor], { ...context });
    await assert.rejects(walk, { code: 'pins.threshold_not_met' });
  });
});
