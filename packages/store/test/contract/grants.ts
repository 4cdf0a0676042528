import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { DevGrant } from '@assay/core';
import type { Engine } from '../engines.ts';
import { enrolment, makeInstance, NOW, newIssuer, resend } from '../fixtures.ts';
import { describeStore } from './suite.ts';

const WAYS = 50;

function makeGrant(iss: string, id: string, change: Partial<DevGrant> = {}): DevGrant {
  return {
    ...{ iss, id, app: 'bank', label: 'CI', publicJwk: '{}', uses: 0, maxUses: 3 },
    ...{ createdAt: NOW, expiresAt: NOW + 100, revokedAt: null },
    ...change,
  };
}

/** Leave for `dev` evidence: expiring and counted. */
export function grantContract(engine: Engine): void {
  describeStore(engine, 'grants', (subject) => {
    it('are used up to their number and their end', async () => {
      const { store } = subject;
      const iss = newIssuer();
      assert.equal(await store.addGrant(makeGrant(iss, 'a', { maxUses: 2 })), true);
      assert.equal(await store.addGrant(makeGrant(iss, 'a', { maxUses: 9 })), false);
      assert.equal(await store.useGrant(iss, 'a', NOW + 100), false, 'it has ended');
      assert.equal(await store.useGrant(iss, 'a', NOW), true);
      assert.equal(await store.useGrant(iss, 'a', NOW + 99), true);
      assert.equal(await store.useGrant(iss, 'a', NOW), false, 'it is used up');
      assert.deepEqual(await store.grant(iss, 'a'), makeGrant(iss, 'a', { maxUses: 2, uses: 2 }));
      assert.equal(await store.useGrant(newIssuer(), 'a', NOW), false);
    });

    it('are revoked once, and then of no use', async () => {
      const { store } = subject;
      const iss = newIssuer();
      await store.addGrant(makeGrant(iss, 'b', { createdAt: NOW + 1 }));
      await store.addGrant(makeGrant(iss, 'a', { createdAt: NOW + 2 }));
      assert.equal(await store.revokeGrant(iss, 'a', NOW + 5), true);
      assert.equal(await store.revokeGrant(iss, 'a', NOW + 6), false);
      assert.equal(await store.useGrant(iss, 'a', NOW), false);
      const grants = await store.grants(iss);
      assert.deepEqual(
        grants.map(({ id, revokedAt }) => [id, revokedAt]),
        [
          ['b', null],
          ['a', NOW + 5],
        ],
      );
    });

    it(`never exceed their number under ${WAYS} uses at once`, async () => {
      const { store } = subject;
      const iss = newIssuer();
      await store.addGrant(makeGrant(iss, 'a', { maxUses: 7 }));
      const used = await Promise.all(Array.from({ length: WAYS }, () => store.useGrant(iss, 'a', NOW)));
      assert.equal(used.filter(Boolean).length, 7);
      assert.equal((await store.grant(iss, 'a'))?.uses, 7);
    });

    it('let in as many enrolments as they say, and nothing stays of the others', async () => {
      const { store } = subject;
      const iss = newIssuer();
      await store.addGrant(makeGrant(iss, 'a'));
      const racers = Array.from({ length: WAYS }, () => ({ ...enrolment(iss), grant: 'a' }));
      const outcomes = await Promise.all(racers.map((racer) => store.accept(racer)));
      const spent = racers.filter((_, index) => outcomes[index]?.outcome === 'grant_spent');
      assert.equal(spent.length, WAYS - 3);
      assert.equal((await store.appraisals(iss, { limit: 100 })).length, 3);
      for (const { appraisal, redemption } of spent) {
        assert.equal(await store.instance(iss, appraisal.jkt), undefined);
        assert.equal(await store.repeat(iss, redemption, 3), undefined, 'the challenge is still good');
      }
    });

    it('lose no use to an enrolment that fails, nor to a request that comes again', async () => {
      const { store } = subject;
      const iss = newIssuer();
      await store.addGrant(makeGrant(iss, 'a'));
      const instance = makeInstance(iss);
      const first = { ...enrolment(iss, instance), grant: 'a' };
      assert.equal((await store.accept(first)).outcome, 'accepted');
      const again = makeInstance(iss, { attestedKey: instance.attestedKey });
      assert.equal((await store.accept({ ...enrolment(iss, again), grant: 'a' })).outcome, 'key_registered');
      assert.equal((await store.accept({ ...resend(first), grant: 'a' })).outcome, 'repeated');
      assert.equal((await store.grant(iss, 'a'))?.uses, 1);
      assert.deepEqual(await store.accept({ ...enrolment(iss), grant: 'none' }), { outcome: 'grant_spent' });
    });
  });
}
