import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Acceptance, Store } from '@assay/core';
import type { Engine } from '../engines.ts';
import { DAY, digest, enrolment, makeAcceptance, makeInstance, NOW, newIssuer, resend } from '../fixtures.ts';
import { describeStore } from './suite.ts';

const WAYS = 64;

async function outcomes(store: Store, acceptances: readonly Acceptance[]): Promise<Record<string, number>> {
  const all = await Promise.all(acceptances.map((acceptance) => store.accept(acceptance)));
  const counts: Record<string, number> = {};
  for (const { outcome } of all) counts[outcome] = (counts[outcome] ?? 0) + 1;
  return counts;
}

function times<T>(make: (index: number) => T): T[] {
  return Array.from({ length: WAYS }, (_, index) => make(index));
}

/** Every race ends at a unique key or a conditional update. */
export function raceContract(engine: Engine): void {
  describeStore(engine, `${WAYS}-way races`, (subject) => {
    it('one challenge redeems once', async () => {
      const { store } = subject;
      const iss = newIssuer();
      const { challengeHash } = enrolment(iss).redemption;
      const racers = times(() => enrolment(iss)).map((racer) => ({
        ...racer,
        redemption: { ...racer.redemption, challengeHash },
      }));
      assert.deepEqual(await outcomes(store, racers), { accepted: 1, challenge_used: WAYS - 1 });
      const kept = await Promise.all(racers.map(({ appraisal }) => store.instance(iss, appraisal.jkt)));
      assert.equal(kept.filter((instance) => instance !== undefined).length, 1);
      assert.equal((await store.appraisals(iss, { limit: 100 })).length, 1);
    });

    it('one request sent many times is accepted once and repeated three times', async () => {
      const { store } = subject;
      const acceptance = enrolment(newIssuer());
      const racers = times(() => resend(acceptance));
      assert.deepEqual(await outcomes(store, racers), { accepted: 1, repeated: 3, challenge_used: WAYS - 4 });
    });

    it('one attested key enrols once', async () => {
      const { store } = subject;
      const iss = newIssuer();
      const racers = times(() => enrolment(iss, makeInstance(iss, { attestedKey: digest(iss) })));
      assert.deepEqual(await outcomes(store, racers), { accepted: 1, key_registered: WAYS - 1 });
    });

    it('one assertion counts once', async () => {
      const { store } = subject;
      const iss = newIssuer();
      const instance = makeInstance(iss);
      await store.accept(enrolment(iss, instance));
      const racers = times(() => makeAcceptance(iss, { kind: 'refresh', jkt: instance.jkt, counter: 1, fat: NOW }));
      assert.deepEqual(await outcomes(store, racers), { accepted: 1, counter_replayed: WAYS - 1 });
    });

    it('counters rise whatever the order: nothing accepted is lost, nothing late is taken', async () => {
      const { store } = subject;
      const iss = newIssuer();
      const instance = makeInstance(iss);
      await store.accept(enrolment(iss, instance));
      const racers = times((index) =>
        makeAcceptance(iss, { kind: 'refresh', jkt: instance.jkt, counter: ((index * 37) % WAYS) + 1, fat: NOW }),
      );
      const { accepted = 0, counter_replayed = 0 } = await outcomes(store, racers);
      assert.equal(accepted + counter_replayed, WAYS);
      assert.equal((await store.instance(iss, instance.jkt))?.counter, WAYS);
      assert.equal((await store.appraisals(iss, { limit: 100 })).length, accepted + 1);
    });

    it('one instance is superseded once', async () => {
      const { store } = subject;
      const iss = newIssuer();
      const old = makeInstance(iss);
      await store.accept(enrolment(iss, old));
      const { lineage } = old;
      const racers = times(() =>
        makeAcceptance(iss, { kind: 'rekey', old: old.jkt, instance: makeInstance(iss, { lineage }) }),
      );
      assert.deepEqual(await outcomes(store, racers), { accepted: 1, instance_revoked: WAYS - 1 });
    });

    it('a daily limit holds', async () => {
      const { store } = subject;
      const iss = newIssuer();
      const instance = makeInstance(iss);
      await store.accept(enrolment(iss, instance));
      const { jkt, lineage } = instance;
      const all = await Promise.all(
        times((index) => {
          const secrets = index % 2 === 0 ? ['a', 'b'] : ['b', 'a'];
          const deliveries = secrets.map((secret) => ({ lineage, secret, version: 1, day: DAY, max: 5 }));
          return store.accept(makeAcceptance(iss, { kind: 'refresh', jkt, fat: NOW }, { deliveries }));
        }),
      );
      const delivered = all.flatMap((one) => (one.outcome === 'accepted' ? one.delivered : ['not accepted']));
      assert.deepEqual(delivered.toSorted(), [...Array(5).fill('a'), ...Array(5).fill('b')]);
    });

    it('the audit chain, a key state, a registry version, a pin set each have one winner', async () => {
      const { store } = subject;
      const iss = newIssuer();
      const winners = async (race: (index: number) => Promise<boolean>) =>
        (await Promise.all(times(race))).filter(Boolean).length;
      const audit = { iss, seq: 1, at: NOW, actor: 'a', act: 'b', subject: 's', detail: '{}', previous: '' };
      assert.equal(await winners((index) => store.appendAudit({ ...audit, hash: `${index}` })), 1);
      const key = {
        iss,
        use: 'token',
        kid: 'k',
        publicJwk: null,
        sealed: 's',
        createdAt: NOW,
        changedAt: NOW,
      } as const;
      assert.equal(await winners(() => store.addKey({ ...key, state: 'next' })), 1);
      assert.equal(await winners(() => store.setKeyState(iss, 'token', 'k', 'next', 'active', NOW + 1)), 1);
      assert.equal(await winners(() => store.register(iss, 'app', 'x', '{}', 0, NOW)), 1);
      assert.equal(await winners((index) => store.register(iss, 'app', 'x', `${index}`, 1, NOW)), 1);
      const pins = { iss, app: 'x', epoch: 1, version: 1, hash: 'h', document: 'd', publishedAt: NOW };
      assert.equal(await winners(() => store.addPinSet(pins)), 1);
    });

    it('pin sets only step forward, whoever is first', async () => {
      const { store } = subject;
      const iss = newIssuer();
      const pins = { iss, app: 'x', epoch: 1, hash: 'h', document: 'd', publishedAt: NOW };
      await Promise.all(times((index) => store.addPinSet({ ...pins, version: ((index * 29) % WAYS) + 1 })));
      assert.equal((await store.newestPinSet(iss, 'x'))?.version, WAYS);
    });

    it('counts of rejections add up, and samples stay within their limit', async () => {
      const { store } = subject;
      const iss = newIssuer();
      await Promise.all(
        times((index) => {
          const sample = { iss, app: 'x', code: 'c', at: NOW, support: `s${index}`, checks: [], addressHmac: null };
          return store.recordRejections(iss, 'x', NOW, { b: 2, a: 1 }, [sample], 5);
        }),
      );
      const counts = await store.rejectionCounts(iss, NOW);
      assert.deepEqual(
        counts.map(({ code, count }) => [code, count]),
        [
          ['a', WAYS],
          ['b', 2 * WAYS],
        ],
      );
      assert.equal((await store.rejectionSamples(iss, 100)).length, 5);
    });
  });
}
