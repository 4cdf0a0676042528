import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { parseBase64url, toBase64url } from '@assay/formats';
import { restored } from '@assay/server';
import {
  APP,
  appraisalsOf,
  type Came,
  challengeOf,
  createPhone,
  ENGINES,
  OTHER_APP,
  type Platform,
  post,
  type RunningServer,
  register,
  restated,
  roots,
  type Site,
  statementOf,
} from './support/world.ts';

const PLATFORMS: readonly Platform[] = ['ios', 'android'];
const isRefusal = ({ status, reply }: Came) => status === 403 && reply?.result === 'refused' && !('tokens' in reply);

for (const engine of ENGINES) {
  describe(`attacks on a server over ${engine.name}`, { skip: engine.skip }, () => {
    let site: Site;
    let one: RunningServer;
    let two: RunningServer;

    before(async () => {
      site = await engine.createSite();
      one = await site.start();
      two = await site.start();
      await register(one);
    });
    after(() => site.remove());

    for (const platform of PLATFORMS) {
      it(`${platform}: the way without an attack`, async () => {
        const phone = createPhone(one, platform);
        for (const purpose of ['enrol', 'refresh', 'rekey', 'refresh'] as const) {
          const { status, reply } = await phone.ask(purpose);
          assert.equal(status, 200, `${purpose} ${JSON.stringify(reply)}`);
        }
      });

      it(`${platform}: attacks 1 and 19, a body sent again, by whoever`, async () => {
        const phone = createPhone(one, platform);
        const prepared = await phone.prepare('enrol');
        const first = await phone.send(prepared);
        const before = (await appraisalsOf(one)).length;
        const again = await phone.send(prepared, two);
        assert.deepEqual([again.status, again.support], [200, first.support]);
        assert.equal((await appraisalsOf(one)).length, before);
        assert.equal(again.reply?.aud, prepared.instance.jkt, 'bound to the key that the listener lacks');
      });

      it(`${platform}: attack 2, 64 copies at two replicas`, async () => {
        const phone = createPhone(one, platform);
        const prepared = await phone.prepare('enrol');
        const before = (await appraisalsOf(one)).length;
        const all = await Promise.all(Array.from({ length: 64 }, (_, i) => phone.send(prepared, i % 2 ? one : two)));
        const good = all.filter(({ status }) => status === 200);
        assert.equal(new Set(good.map(({ support }) => support)).size, 1);
        assert.ok(good.length >= 1 && good.length <= 4);
        assert.ok(all.every(({ status, code }) => status === 200 || code === 'challenge_used'));
        assert.equal((await appraisalsOf(one)).length, before + 1);
      });

      it(`${platform}: attack 5, another encryption key`, async () => {
        const prepared = await createPhone(one, platform).prepare('enrol');
        const other = statementOf(await createPhone(one, platform).prepare('enrol')).enc;
        assert.ok(isRefusal(await post(one, prepared.path, (await restated(prepared, { enc: other })).body)));
      });

      it(`${platform}: attacks 6 and 7, another instance key`, async () => {
        const prepared = await createPhone(one, platform).prepare('enrol');
        const thief = await createPhone(one, platform).prepare('enrol');
        assert.ok(isRefusal(await post(one, prepared.path, (await restated(prepared, {}, thief.instance.key)).body)));
        const body = JSON.parse(prepared.body);
        const [, payload, signature] = body.request.split('.');
        const [header] = JSON.parse(thief.body).request.split('.');
        const request = [header, payload, signature].join('.');
        assert.ok(isRefusal(await post(one, prepared.path, JSON.stringify({ ...body, request }))));
      });

      it(`${platform}: attack 8, every byte of the statement changed`, async () => {
        const phone = createPhone(one, platform);
        const prepared = await phone.prepare('enrol');
        const body = JSON.parse(prepared.body);
        const [header, payload, signature] = body.request.split('.');
        const before = (await appraisalsOf(one)).length;
        const length = parseBase64url(payload).length;
        for (let start = 0; start < length; start += 32) {
          const batch = Array.from({ length: Math.min(32, length - start) }, async (_, i) => {
            const bytes = parseBase64url(payload);
            bytes[start + i] = (bytes[start + i] ?? 0) ^ 1;
            const request = [header, toBase64url(bytes), signature].join('.');
            const { status } = await post(one, prepared.path, JSON.stringify({ ...body, request }));
            assert.ok(status === 400 || status === 403, `byte ${start + i}: ${status}`);
          });
          await Promise.all(batch);
        }
        assert.equal((await appraisalsOf(one)).length, before);
        assert.equal((await phone.send(prepared)).status, 200, 'nothing was spent');
      });

      it(`${platform}: attack 12, evidence taken away`, async () => {
        const prepared = await createPhone(one, platform).prepare('enrol');
        const stripped = { ...JSON.parse(prepared.body), evidence: [] };
        assert.ok(isRefusal(await post(one, prepared.path, JSON.stringify(stripped))));
        const honest = JSON.parse((await restated(prepared, { ev: [] })).body);
        assert.equal(
          (await post(one, prepared.path, JSON.stringify({ ...honest, evidence: [] }))).code,
          'request_malformed',
        );
      });
    }

    it('attack 4: a challenge that another server of the same app forwards', async () => {
      const elsewhere = await engine.createSite();
      try {
        const other = await elsewhere.start({ origin: 'https://other.example.com' });
        await register(other);
        const challenge = await challengeOf(one, one.base, { app: APP.package });
        const relayed = await createPhone(other, 'android').prepare('enrol', { challenge });
        assert.ok(
          isRefusal(await post(one, relayed.path, relayed.body)),
          'the statement is addressed to the other server',
        );
        const foreign = await createPhone(other, 'android').prepare('enrol');
        assert.equal((await post(one, foreign.path, foreign.body)).code, 'challenge_expired');
      } finally {
        await elsewhere.remove();
      }
    });

    it('attack 16: a refresh on iOS without an assertion', async () => {
      const phone = createPhone(one, 'ios');
      await phone.ask('enrol');
      const prepared = await phone.prepare('refresh');
      const bare = JSON.parse((await restated(prepared, { ev: [], akid: undefined })).body);
      assert.ok(isRefusal(await post(one, prepared.path, JSON.stringify({ ...bare, evidence: [] }))));
    });

    it('attack 17: a counter that does not rise, and an assertion of before', async () => {
      const stuck = createPhone(one, 'ios', { faults: ['stuck-counter'] });
      await stuck.ask('enrol');
      assert.ok(isRefusal(await stuck.ask('refresh')));
      const phone = createPhone(one, 'ios');
      await phone.ask('enrol');
      const [earlier, later] = [await phone.prepare('refresh'), await phone.prepare('refresh')];
      assert.equal((await phone.send(later)).status, 200);
      assert.ok(isRefusal(await phone.send(earlier)), 'a lower counter');
      const challenge = await challengeOf(one, one.base, { app: APP.package, jkt: phone.instance?.jkt });
      assert.ok(isRefusal(await post(one, later.path, (await restated(later, { challenge })).body)));
    });

    it('attack 18: two assertions of one phone at two replicas', async () => {
      const phone = createPhone(one, 'ios');
      await phone.ask('enrol');
      const counterOf = async () =>
        (await one.server.service.store.instance(one.iss, phone.instance?.jkt ?? ''))?.counter ?? 0;
      for (let pair = 0; pair < 25; pair++) {
        const before = await counterOf();
        const [first, second] = [await phone.prepare('refresh'), await phone.prepare('refresh')];
        const came = await Promise.all([phone.send(first, two), phone.send(second, one)]);
        assert.ok(came.some(({ status }) => status === 200));
        assert.ok(came.every((each) => each.status === 200 || isRefusal(each)));
        assert.ok((await counterOf()) > before);
      }
    });

    it('attack 20: one App Attest key under two instances', async () => {
      const phone = createPhone(one, 'ios');
      await phone.ask('enrol');
      const known = phone.instance;
      const before = (await appraisalsOf(one)).length;
      assert.equal((await phone.ask('rekey')).status, 200);
      assert.notEqual(phone.instance?.jkt, known?.jkt);
      assert.equal((await appraisalsOf(one)).length, before + 1);
      phone.instance = known;
      assert.ok(isRefusal(await phone.ask('refresh')), 'the old instance is superseded');
    });

    it('attack 22: keys that no instance may live by', async () => {
      for (const fault of ['attest-key', 'imported-key'] as const) {
        const phone = createPhone(one, 'android', { faults: [fault] });
        const prepared = await phone.prepare('enrol');
        assert.ok(isRefusal(await phone.send(prepared)));
        assert.equal(await one.server.service.store.instance(one.iss, prepared.instance.jkt), undefined);
      }
    });

    it('attack 23: an attestation key that is listed after an enrolment', async () => {
      const place = await engine.createSite();
      const folder = mkdtempSync(join(tmpdir(), 'assay-status-'));
      try {
        const [{ serial }] = roots.genuine.factory;
        const lists = [{}, { [serial.toString(16)]: { status: 'REVOKED' } }].map((entries, version) => {
          const path = join(folder, `status-${version}.json`);
          writeFileSync(path, JSON.stringify({ entries }));
          return path;
        });
        const [unlisted, listed] = lists;
        const earlier = await place.start({ statusList: unlisted });
        await register(earlier);
        const phone = createPhone(earlier, 'android');
        for (const purpose of ['enrol', 'refresh'] as const) assert.equal((await phone.ask(purpose)).status, 200);
        const statusNow = async () =>
          (await earlier.server.service.store.instance(earlier.iss, phone.instance?.jkt ?? ''))?.status;
        assert.equal(await statusNow(), 'active');
        const later = await place.start({ statusList: listed });
        assert.equal(await statusNow(), 'revoked', 'by the list alone, when it is loaded');
        assert.ok(isRefusal(await phone.ask('refresh')), 'also where the list is not there yet');
        assert.ok(isRefusal(await createPhone(later, 'android').ask('enrol')));
        await later.server.service.store.setInstanceStatus(later.iss, phone.instance?.jkt ?? '', 'active');
        assert.ok(isRefusal(await phone.send(await phone.prepare('refresh'), later)), 'also before upkeep revokes it');
      } finally {
        await place.remove();
        rmSync(folder, { recursive: true, force: true });
      }
    });

    it('attack 45: a ban is not shed by a rekey', async () => {
      for (const platform of PLATFORMS) {
        const phone = createPhone(one, platform);
        await phone.ask('enrol');
        await one.server.service.store.setInstanceStatus(one.iss, phone.instance?.jkt ?? '', 'banned');
        assert.ok(isRefusal(await phone.ask('rekey')));
        assert.ok(isRefusal(await phone.ask('refresh')));
      }
    });
  });

  describe(`attack 49 on a server over ${engine.name}`, { skip: engine.skip }, () => {
    const world = { clock: Date.now, talk: () => {} };
    for (const platform of PLATFORMS) {
      it(`${platform}: redeem, restore, redeem again`, async () => {
        const site = await engine.createSite();
        try {
          const first = await site.start();
          await register(first);
          const phone = createPhone(first, platform);
          assert.equal((await phone.ask('enrol')).status, 200);
          const [enrolment, refresh] = [
            await createPhone(first, platform).prepare('enrol'),
            await phone.prepare('refresh'),
          ];
          await first.server.stop();
          const putBack = await site.backUp();

          const second = await site.start();
          for (const prepared of [enrolment, refresh]) assert.equal((await phone.send(prepared, second)).status, 200);
          await second.server.stop();

          await putBack();
          const done = await restored(site.settings(), world, { tokenKeys: true });
          assert.ok((done.get(second.iss)?.challenge ?? 0) > 0);
          const third = await site.start();
          const before = (await appraisalsOf(third)).length;
          for (const prepared of [enrolment, refresh]) {
            const { status, code } = await phone.send(prepared, third);
            assert.deepEqual([status, code], [400, 'challenge_expired']);
          }
          assert.equal((await appraisalsOf(third)).length, before, 'nothing was accepted');
          const challenge = await challengeOf(third, third.base, { app: APP.package, jkt: phone.instance?.jkt });
          assert.equal((await phone.send(await phone.prepare('refresh', { challenge }), third)).status, 200);
        } finally {
          await site.remove();
        }
      });
    }

    it('without the command the challenge would be good again', async () => {
      const site = await engine.createSite();
      try {
        const first = await site.start();
        await register(first);
        const phone = createPhone(first, 'android');
        const enrolment = await phone.prepare('enrol');
        await first.server.stop();
        const putBack = await site.backUp();
        const second = await site.start();
        assert.equal((await phone.send(enrolment, second)).status, 200);
        await second.server.stop();
        await putBack();
        const third = await site.start();
        assert.equal((await phone.send(enrolment, third)).status, 200);
        assert.equal((await appraisalsOf(third)).length, 1);
      } finally {
        await site.remove();
      }
    });
  });

  describe(`attack 3 on a server over ${engine.name}`, { skip: engine.skip }, () => {
    it('only the diagonal of two apps, two environments and two tenants passes', async () => {
      const site = await engine.createSite();
      try {
        const environments = ['acme', 'other'].flatMap((tenant) =>
          ['dev', 'test'].map((name) => ({ tenant, name, kind: 'development' as const })),
        );
        const at = await site.start({ environments });
        await register(at, [APP, OTHER_APP]);
        const issuers = [...at.server.service.issuers.keys()];
        const places = issuers.flatMap((iss) => [APP, OTHER_APP].map((app) => ({ iss, app })));
        for (const from of places) {
          for (const to of places) {
            const prepared = await createPhone(at, 'android', { app: from.app }).prepare('enrol', { iss: from.iss });
            const path = `${new URL(to.iss).pathname}/v1/attest`;
            const isSame = from === to;
            const challenge = await challengeOf(at, new URL(to.iss).pathname, { app: to.app.package });
            const change = { challenge, aud: to.iss, app: to.app.package };
            const moved = isSame ? prepared : await restated(prepared, change);
            const made = await createPhone(at, 'android', { app: from.app }).prepare('enrol', {
              iss: to.iss,
              app: to.app.package,
            });
            if (isSame) {
              assert.equal((await post(at, path, prepared.body)).status, 200);
              continue;
            }
            assert.ok(isRefusal(await post(at, path, moved.body)), 'evidence moved to another place');
            if (from.iss !== to.iss) assert.equal((await post(at, path, prepared.body)).status, 400);
            const genuine = await post(at, path, made.body);
            assert.equal(genuine.status, from.app === to.app ? 200 : 403, 'another app asks in the name of this one');
          }
        }
      } finally {
        await site.remove();
      }
    });
  });
}
