import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  admitOperator,
  commitAct,
  commitChange,
  dismissOperator,
  markRestored,
  registerDocument,
  revokeInstance,
  revokeTokenKey,
  rotateKeys,
  type Service,
  setSecret,
} from '@assay/service';
import { APP, createTestPhone, createTestWorld, ISSUER, OTHER } from '../support/world.ts';

const { iss } = ISSUER;
const entry = { actor: 'ann', act: 'app.register', subject: 'bank', detail: {} };

/** The service whose audit chain cannot be written, as when the process dies between an act and its row. */
function withoutAudit(service: Service): Service {
  const broken = async () => {
    throw new Error('cut off');
  };
  const atomically: Service['store']['atomically'] = (act) =>
    service.store.atomically((tables) => act({ ...tables, appendAudit: broken }));
  return { ...service, store: { ...service.store, atomically } };
}

describe('an act', () => {
  it('and its row are there together', async () => {
    const { service, store, hands } = await createTestWorld();
    const write = () => commitChange(service, iss, entry, (t) => t.register(iss, 'policy', 'p', '{}', 0, hands.now));
    assert.equal(await write(), true);
    assert.equal(await write(), false);
    assert.deepEqual(
      (await store.audit(iss, 0, 10)).map(({ actor, act, seq }) => [actor, act, seq]),
      [['ann', 'app.register', 1]],
      'what changed nothing leaves no row',
    );
  });

  it('stands in every chain that it concerns, or in none', async () => {
    const { service, store } = await createTestWorld();
    await commitAct(
      service,
      [OTHER.iss, iss],
      async () => {},
      () => entry,
    );
    for (const chain of [iss, OTHER.iss]) assert.equal((await store.audit(chain, 0, 10)).length, 1);
  });
});

describe('an act whose row cannot be written changes nothing:', () => {
  type Act = (service: Service, jkt: string) => Promise<unknown>;
  const rule = { minimum: 'substantial', maxPerDay: 96, lifetime: 900, onWarning: false } as const;
  const acts: Readonly<Record<string, Act>> = {
    'a registered document': (service) =>
      registerDocument(service, 'ann', iss, { kind: 'setting', id: 'new', json: '{}' }, 0),
    'a secret': (service) => setSecret(service, 'ann', ISSUER, APP.package, 'maps', new Uint8Array(4), rule),
    'a rotation': (service) => rotateKeys(service, 'ann', iss),
    'a revoked key': async (service) => revokeTokenKey(service, 'ann', iss, (await service.keys.of(iss)).token.kid),
    'a revoked instance': (service, jkt) => revokeInstance(service, 'ann', iss, jkt),
    'a credential': (service) => admitOperator(service, 'ann', { id: 'ci', scopes: ['read'], expiresAt: null }),
    'a revoked credential': (service) => dismissOperator(service, 'ann', 'old'),
    'keys after a restore': (service) => markRestored(service, 'ann', iss, { tokenKeys: true }),
  };

  for (const [name, act] of Object.entries(acts)) {
    it(name, async () => {
      const world = await createTestWorld();
      const { service, store, hands } = world;
      const phone = createTestPhone(world, 'android');
      await phone.ask('enrol');
      await rotateKeys(service, 'ann', iss);
      hands.now += 40 * 86_400_000;
      await admitOperator(service, 'ann', { id: 'old', scopes: ['read'], expiresAt: null });
      const jkt = phone.instance?.jkt ?? '';
      const state = async () =>
        JSON.stringify([
          ...[await store.keys(iss, 'token'), await store.keys(iss, 'challenge'), await store.credentials()],
          ...[await store.instance(iss, jkt), await store.currentSecrets(iss, APP.package)],
          ...[await store.registered(iss, 'setting', 'new'), await store.lastAudit(iss), await store.lastAudit(OTHER.iss)],
        ]);
      const before = await state();
      await assert.rejects(act(withoutAudit(service), jkt), /cut off/);
      assert.equal(await state(), before);
      await act(service, jkt);
      assert.notEqual(await state(), before, 'the act itself would have changed something');
      assert.equal((await store.lastAudit(iss))?.actor, 'ann');
    });
  }
});
