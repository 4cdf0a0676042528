import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Engine } from '../engines.ts';
import { enrolment, makeInstance, NOW, newIssuer } from '../fixtures.ts';
import { describeStore } from './suite.ts';

const FAITHFUL: Readonly<Record<string, string>> = {
  quotes: `'; drop table instance; -- "$1" \\ $$ ?1`,
  unicode: 'é\u0301 漢字 𝒳 👩‍👩‍👧 \u202e \ufeff \uffff',
  controls: '\u0001\t\r\n\u007f\u0085',
  long: 'x'.repeat(1_000_000),
  empty: '',
  json: '{"$1":null}',
};
const UNFAITHFUL: Readonly<Record<string, string>> = { nul: 'a\0b', surrogate: 'a\ud800b' };

/** Text comes back as it went in, or is refused: nothing is changed on the way. */
export function hostileContract(engine: Engine): void {
  describeStore(engine, 'hostile text', (subject) => {
    for (const [name, text] of Object.entries(FAITHFUL)) {
      it(`keeps ${name} exactly`, async () => {
        const { store } = subject;
        const iss = newIssuer();
        assert.equal(await store.register(iss, 'setting', 'x', text, 0, NOW), true);
        assert.equal((await store.registered(iss, 'setting', 'x'))?.value, text);
      });
    }

    for (const [name, text] of Object.entries(UNFAITHFUL)) {
      it(`refuses ${name}, and changes nothing`, async () => {
        const { store } = subject;
        const iss = newIssuer();
        const refused = { family: 'request', code: 'store.text_invalid' };
        await assert.rejects(store.register(iss, 'setting', text, '{}', 0, NOW), refused);
        await assert.rejects(store.registered(iss, 'setting', text), refused);
        const acceptance = enrolment(iss, makeInstance(iss, { environment: text }));
        await assert.rejects(store.accept(acceptance), refused);
        assert.equal(await store.repeat(iss, acceptance.redemption, 3), undefined);
      });

      it(`keeps ${name} inside JSON`, async () => {
        const { store } = subject;
        const acceptance = enrolment(newIssuer());
        const checks = acceptance.appraisal.checks.map((check) => ({ ...check, note: text }));
        const appraisal = { ...acceptance.appraisal, checks };
        await store.accept({ ...acceptance, appraisal });
        assert.deepEqual(await store.appraisal(appraisal.iss, appraisal.id), appraisal);
      });
    }

    it('refuses numbers that no column holds', async () => {
      const { store } = subject;
      for (const at of [Number.NaN, Number.POSITIVE_INFINITY, 1.5, 2 ** 53]) {
        await assert.rejects(store.register(newIssuer(), 'setting', 'x', '{}', 0, at), TypeError);
      }
    });
  });
}
