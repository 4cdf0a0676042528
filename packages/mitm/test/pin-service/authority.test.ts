import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  NODE_PIN_CRYPTO,
  type PinSetContext,
  type RootDocument,
  type VerifiedPinSet,
  verifyPinSet,
  verifyRootDocument,
} from '@assay/pins';
import type { PinSetRecipe } from '../../src/case.ts';
import { createPinAuthority, type PinAuthority } from '../../src/pin-service/authority.ts';

const NOW = Date.UTC(2026, 10, 21);
const FIRST = 'dmo61p8dUfsMy6mV5YKHCbmPZFpz6eX2yrJEKsJ71+c=';
const SECOND = 'JbQbUG5JMJUoI6brnx0x3vZF6jilxsapbXGVfjhN8Fg=';
const OTHER = 'WoiWRyIOVNa9ihaBciRSC7XHjliYS9VwUGOIud4PB18=';
const PINS = [
  { key: 'pinned', pin: FIRST },
  { key: 'backup', pin: SECOND },
];

interface App {
  readonly root: RootDocument;
  readonly context: PinSetContext;
  readonly built: VerifiedPinSet;
}

/** An app as the bundle makes it: what it trusts, and the set that it starts from. */
async function appOf(authority: PinAuthority): Promise<App> {
  const { app, env, root: wire, set } = JSON.parse(authority.bundle);
  const context = { app, env, now: NOW, ...NODE_PIN_CRYPTO };
  const root = await verifyRootDocument(JSON.stringify(wire), context);
  const built = await verifyPinSet(JSON.stringify(set), root, context);
  const { epoch, v } = built.set;
  return { root, built, context: { ...context, stored: { epoch, v, hash: built.hash } } };
}

const authority = await createPinAuthority({
  clock: () => NOW,
  hosts: ['api.assay.test'],
  pins: PINS,
  otherPin: OTHER,
});
const app = await appOf(authority);

test('the set that an app starts from has every pin of the lab, for every name', () => {
  const [host, ...others] = app.built.set.hosts;
  assert.equal(others.length, 0);
  assert.equal(host?.h, 'api.assay.test');
  assert.ok([FIRST, SECOND].every((pin) => host?.spki.includes(pin)));
});

test('a set without a fault is newer, and has the pins that were asked for and no other of the lab', async () => {
  const { status, body } = await authority.offer({ pins: ['backup'] });
  const { set, isNewer } = await verifyPinSet(body, app.root, app.context);
  assert.equal(status, 200);
  assert.ok(isNewer);
  assert.ok(set.hosts[0]?.spki.includes(SECOND));
  assert.ok(!set.hosts[0]?.spki.includes(FIRST));
});

const REFUSALS: readonly (readonly [PinSetRecipe, string])[] = [
  [{ pins: ['other'], fault: 'signature' }, 'pins.threshold_not_met'],
  [{ pins: ['other'], fault: 'rolled-back' }, 'pins.rollback'],
  [{ pins: ['other'], fault: 'other-app' }, 'pins.wrong_app'],
  [{ pins: ['other'], fault: 'stale' }, 'pins.epoch_mismatch'],
  [{ pins: ['other'], fault: 'expired' }, 'pins.set_expired'],
  [{ pins: ['other'], intercepted: true }, 'pins.threshold_not_met'],
];

for (const [recipe, code] of REFUSALS) {
  test(`a correct app refuses ${recipe.fault ?? 'what an interceptor offers'} for exactly that reason`, async () => {
    const { body } = await authority.offer(recipe);
    await assert.rejects(verifyPinSet(body, app.root, app.context), { code });
  });
}

test('an unavailable service answers with nothing', async () => {
  assert.deepEqual(await authority.offer({ pins: ['backup'], fault: 'unavailable' }), {
    status: 503,
    body: '',
    intercepted: false,
  });
});
