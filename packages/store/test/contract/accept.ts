import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Engine } from '../engines.ts';
import { DAY, digest, enrolment, makeAcceptance, makeInstance, NOW, newIssuer, resend } from '../fixtures.ts';
import { describeStore } from './suite.ts';

/** protocol 7.2 and 7.4, one caller at a time. */
export function acceptContract(engine: Engine): void {
  describeStore(engine, 'accept', (subject) => {
    it('keeps instance and appraisal exactly as given', async () => {
      const { store } = subject;
      const iss = newIssuer();
      const acceptance = enrolment(iss);
      assert.deepEqual(await store.accept(acceptance), { outcome: 'accepted', delivered: [] });
      const { appraisal, change } = acceptance;
      assert.equal(change.kind, 'enrol');
      assert.deepEqual(await store.instance(iss, appraisal.jkt), 'instance' in change && change.instance);
      assert.deepEqual(await store.appraisal(iss, appraisal.id), appraisal);
      assert.deepEqual(await store.appraisalBySupport(iss, appraisal.support), appraisal);
    });

    it('keeps issuers apart', async () => {
      const { store } = subject;
      const acceptance = enrolment(newIssuer());
      await store.accept(acceptance);
      const other = newIssuer();
      assert.equal(await store.instance(other, acceptance.appraisal.jkt), undefined);
      assert.equal(await store.appraisal(other, acceptance.appraisal.id), undefined);
      assert.equal(await store.appraisalBySupport(other, acceptance.appraisal.support), undefined);
      assert.equal(await store.repeat(other, acceptance.redemption, 3), undefined);
    });

    it('answers the same request again, three times', async () => {
      const { store } = subject;
      const acceptance = enrolment(newIssuer());
      await store.accept(acceptance);
      for (let time = 1; time <= 3; time++) {
        const repeated = { outcome: 'repeated', appraisal: acceptance.appraisal };
        assert.deepEqual(await store.accept(resend(acceptance)), repeated);
      }
      assert.deepEqual(await store.accept(resend(acceptance)), { outcome: 'challenge_used' });
    });

    it('refuses another request over a used challenge', async () => {
      const { store } = subject;
      const iss = newIssuer();
      const first = enrolment(iss);
      await store.accept(first);
      const second = enrolment(iss);
      const redemption = { ...second.redemption, challengeHash: first.redemption.challengeHash };
      assert.deepEqual(await store.accept({ ...second, redemption }), { outcome: 'challenge_used' });
      assert.equal(await store.instance(iss, second.appraisal.jkt), undefined);
    });

    it('repeats only what was committed by this very request', async () => {
      const { store } = subject;
      const iss = newIssuer();
      const acceptance = enrolment(iss);
      assert.equal(await store.repeat(iss, acceptance.redemption, 3), undefined);
      await store.accept(acceptance);
      assert.deepEqual(await store.repeat(iss, acceptance.redemption, 3), acceptance.appraisal);
      const other = { ...acceptance.redemption, requestHash: digest('another request') };
      assert.equal(await store.repeat(iss, other, 3), 'challenge_used');
      assert.equal(await store.repeat(iss, acceptance.redemption, 1), 'challenge_used');
    });

    it('enrols an attested key once, and leaves nothing of the second try', async () => {
      const { store } = subject;
      const iss = newIssuer();
      const instance = makeInstance(iss);
      await store.accept(enrolment(iss, instance));
      const again = enrolment(iss, makeInstance(iss, { attestedKey: instance.attestedKey }));
      assert.deepEqual(await store.accept(again), { outcome: 'key_registered' });
      assert.equal(await store.instance(iss, again.appraisal.jkt), undefined);
      assert.equal(await store.appraisal(iss, again.appraisal.id), undefined);
      assert.equal(await store.repeat(iss, again.redemption, 3), undefined, 'the challenge is still good');
      const sameThumbprint = enrolment(iss, makeInstance(iss, { jkt: instance.jkt }));
      assert.deepEqual(await store.accept(sameThumbprint), { outcome: 'key_registered' });
    });

    it('does not let a banned key enrol again', async () => {
      const { store } = subject;
      const iss = newIssuer();
      const instance = makeInstance(iss);
      await store.accept(enrolment(iss, instance));
      assert.equal(await store.setInstanceStatus(iss, instance.jkt, 'banned'), true);
      assert.deepEqual(await store.accept(enrolment(iss, { ...instance, jkt: digest('new K') })), {
        outcome: 'key_registered',
      });
    });

    it('keeps sealed evidence with its end', async () => {
      const { store } = subject;
      const iss = newIssuer();
      const retained = { sealed: 'sealed', until: NOW + 5 };
      const acceptance = { ...enrolment(iss), retained };
      await store.accept(acceptance);
      assert.deepEqual(await store.retained(iss, acceptance.appraisal.id), retained);
      assert.equal(await store.retained(newIssuer(), acceptance.appraisal.id), undefined);
    });

    it('delivers a secret up to its daily limit', async () => {
      const { store } = subject;
      const iss = newIssuer();
      const instance = makeInstance(iss);
      await store.accept(enrolment(iss, instance));
      const { lineage, jkt } = instance;
      const deliveries = [
        { lineage, secret: 'maps', version: 1, day: DAY, max: 2 },
        { lineage, secret: 'bank', version: 4, day: DAY, max: 1 },
        { lineage, secret: 'none', version: 1, day: DAY, max: 0 },
      ];
      const refresh = () => store.accept(makeAcceptance(iss, { kind: 'refresh', jkt, fat: NOW }, { deliveries }));
      assert.deepEqual(await refresh(), { outcome: 'accepted', delivered: ['maps', 'bank'] });
      assert.deepEqual(await refresh(), { outcome: 'accepted', delivered: ['maps'] });
      assert.deepEqual(await refresh(), { outcome: 'accepted', delivered: [] });
      const counts = await store.deliveries(iss, lineage, DAY);
      assert.deepEqual(
        counts.toSorted((a, b) => b.version - a.version),
        [
          { secret: 'bank', version: 4, times: 1 },
          { secret: 'maps', version: 1, times: 2 },
        ],
      );
      assert.deepEqual(await store.deliveries(iss, lineage, '2026-01-02'), []);
    });

    it('reports a support code that is taken as a conflict, and changes nothing', async () => {
      const { store } = subject;
      const iss = newIssuer();
      const first = enrolment(iss);
      await store.accept(first);
      const second = enrolment(iss);
      const appraisal = { ...second.appraisal, support: first.appraisal.support };
      await assert.rejects(store.accept({ ...second, appraisal }), { code: 'store.conflict', retryable: true });
      assert.equal(await store.instance(iss, appraisal.jkt), undefined);
      assert.equal((await store.accept(second)).outcome, 'accepted');
    });
  });
}
