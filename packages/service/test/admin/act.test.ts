import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { describe, it } from 'node:test';
import { presetOf } from '@assay/policy';
import {
  admitOperator,
  applyPlan,
  approveProposal,
  commitAct,
  commitChange,
  dismissOperator,
  endOrder,
  giveGrant,
  giveOrder,
  markRestored,
  planPolicy,
  registerDocument,
  revokeGrant,
  revokeInstance,
  revokeTokenKey,
  rotateKeys,
  type Service,
  setSecret,
  withdrawProposal,
} from '@assay/service';
import { propose } from '../../src/admin/policies/proposals.ts';
import { APP, createTestPhone, createTestWorld, ISSUER, OTHER } from '../support/world.ts';

const { iss } = ISSUER;
const ORDER = { target: 'model', value: 'Nothing', reason: 'test', seconds: 3_600 } as const;
const GRANT = { app: APP.package, label: 'CI', uses: 1, seconds: 3_600 };
const policyText = (name: string) => (presetOf('strict')?.source ?? '').replace(/^name: .*$/m, `name: ${name}`);
const newJwk = () => {
  const { x = '', y = '' } = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' });
  return { kty: 'EC', crv: 'P-256', x, y } as const;
};
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
    'an order': (service) => giveOrder(service, 'ann', ISSUER, { ...ORDER, effect: 'ban' }),
    'the end of an order': async (service) => {
      const [order] = await service.store.orders(iss, { limit: 1 });
      await endOrder(service, 'ann', ISSUER, order?.id ?? '');
    },
    'a policy': async (service) =>
      applyPlan(service, 'ann', ISSUER, await planPolicy(service, ISSUER, 'house', policyText('house'))),
    'a proposal': (service) => propose(service, 'ann', ISSUER, { name: 'house', base: 0, source: 'x', why: 'test' }),
    'the approval of one': async (service) => {
      const [open] = await service.store.openProposals(iss);
      await approveProposal(service, 'ann', ISSUER, open?.id ?? '');
    },
    'the end of one': async (service) => {
      const [open] = await service.store.openProposals(iss);
      await withdrawProposal(service, 'ann', ISSUER, open?.id ?? '');
    },
    'a grant': (service) => giveGrant(service, 'ann', ISSUER, { ...GRANT, jwk: newJwk() }),
    'the end of a grant': async (service) => {
      const [grant] = await service.store.grants(iss);
      await revokeGrant(service, 'ann', ISSUER, grant?.id ?? '');
    },
    'keys after a restore': (service) => markRestored(service, 'ann', iss, { tokenKeys: true }),
  };

  for (const [name, act] of Object.entries(acts)) {
    it(name, async () => {
      const world = await createTestWorld({ dev: true });
      const { service, store, hands } = world;
      const phone = createTestPhone(world, 'android');
      await phone.ask('enrol');
      await rotateKeys(service, 'ann', iss);
      hands.now += 40 * 86_400_000;
      await admitOperator(service, 'ann', { id: 'old', scopes: ['read'], expiresAt: null });
      await giveOrder(service, 'ben', ISSUER, { ...ORDER, effect: 'ban' });
      await giveGrant(service, 'ben', ISSUER, { ...GRANT, jwk: newJwk() });
      await propose(service, 'ben', ISSUER, { name: 'other', base: 0, source: policyText('other'), why: 'test' });
      const jkt = phone.instance?.jkt ?? '';
      const state = async () =>
        JSON.stringify([
          ...[await store.keys(iss, 'token'), await store.keys(iss, 'challenge'), await store.credentials()],
          ...[await store.instance(iss, jkt), await store.currentSecrets(iss, APP.package)],
          ...[
            await store.registered(iss, 'setting', 'new'),
            await store.lastAudit(iss),
            await store.lastAudit(OTHER.iss),
          ],
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
