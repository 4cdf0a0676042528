import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseAdvisories, readAdvisories, readStatusCopy, type Service, signAdvisories } from '@assay/service';
import { generateSigningKey } from '@assay/tokens';
import { createTrustUpkeep } from '../../src/trust/upkeep.ts';
import { createPhone, ENGINES, type RunningServer, register, roots } from '../support/world.ts';

const { key } = generateSigningKey();

/** Advisories that name the phones of these tests. */
function advisoriesOf(version: number) {
  const issued = Math.floor(Date.now() / 1000) - 1;
  const advisory = { id: `A-${version}`, title: 't', severity: 'high', affects: { app: 'com.example.bank' } };
  const document = { assay: 'advisories/1', version, issued, expires: issued + 600, advisories: [advisory] };
  return readAdvisories(signAdvisories(parseAdvisories(JSON.stringify(document)), key), [key.publicJwk]);
}

/** The service of a server with trust data that the test sets, and a count of the look-ups that its upkeep makes. */
function handsOn({ server: { service } }: RunningServer) {
  const asked = { pages: 0, serials: 0 };
  const news: { advisories?: ReturnType<typeof advisoriesOf>; status?: ReturnType<typeof readStatusCopy> } = {};
  const store: Service['store'] = {
    ...service.store,
    appraisedFacts: (...args) => {
      asked.pages += 1;
      return service.store.appraisedFacts(...args);
    },
    instancesBySerial: (...args) => {
      asked.serials += 1;
      return service.store.instancesBySerial(...args);
    },
  };
  const trust = { ...service.trust, advisories: () => news.advisories, statusList: () => news.status };
  return { asked, news, upkeep: createTrustUpkeep({ ...service, store, trust }) };
}

const [{ serial }] = roots.genuine.factory;
const LISTED = JSON.stringify({ entries: { [serial.toString(16)]: { status: 'REVOKED' } } });

for (const engine of ENGINES) {
  describe(`${engine.name}: what follows from newer trust data`, { skip: engine.skip }, () => {
    it('reaches those who are enrolled, once for each version', async () => {
      const site = await engine.createSite();
      try {
        const at = await site.start();
        await register(at);
        const phone = createPhone(at, 'android');
        assert.equal((await phone.ask('enrol')).status, 200);
        const { store } = at.server.service;
        const jkt = phone.instance?.jkt ?? '';
        const reviews = async () => {
          const rows = await store.reappraisals(at.iss, (await store.newestAppraisalOf(at.iss, jkt)) ?? '');
          return rows.map(({ cause }) => cause);
        };
        const { asked, news, upkeep } = handsOn(at);

        await Promise.all([upkeep.review(), upkeep.revoke()]);
        assert.deepEqual(asked, { pages: 0, serials: 0 }, 'there is no news');
        news.advisories = advisoriesOf(1);
        await Promise.all([upkeep.review(), upkeep.review()]);
        await upkeep.review();
        assert.equal(asked.pages, 1);
        assert.deepEqual(await reviews(), ['advisory']);
        news.advisories = advisoriesOf(2);
        await upkeep.review();
        assert.deepEqual(await reviews(), ['advisory', 'advisory']);

        news.status = readStatusCopy(LISTED);
        await upkeep.revoke();
        await upkeep.revoke();
        assert.equal(asked.serials, 1);
        assert.equal((await store.instance(at.iss, jkt))?.status, 'revoked');
        assert.deepEqual(await reviews(), ['advisory', 'advisory', 'certificate_revoked']);
        delete news.status;
        await upkeep.revoke();
        news.status = readStatusCopy(LISTED);
        await upkeep.revoke();
        assert.equal(asked.serials, 2, 'whoever enrolled while there was no list is looked up');
      } finally {
        await site.remove();
      }
    });
  });
}
