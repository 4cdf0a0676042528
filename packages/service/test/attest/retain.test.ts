import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { retainedEvidence } from '@assay/service';
import { createTestPhone, createTestWorld, ISSUER, send } from '../support/world.ts';

const DAY = 86_400_000;

describe('evidence', () => {
  it('is not kept unless the app asks for it', async () => {
    const world = await createTestWorld();
    await createTestPhone(world, 'android').ask('enrol');
    const [appraisal] = await world.store.appraisals(ISSUER.iss, { limit: 1 });
    assert.equal(await retainedEvidence(world.service, ISSUER.iss, appraisal?.id ?? ''), undefined);
  });

  for (const platform of ['ios', 'android'] as const) {
    it(`of ${platform} is kept sealed, as it came, until its end`, async () => {
      const world = await createTestWorld({ retainEvidenceDays: 2 });
      const { store, service, hands } = world;
      const phone = createTestPhone(world, platform);
      const prepared = await phone.prepare('enrol');
      await send(world, prepared);
      const [appraisal] = await store.appraisals(ISSUER.iss, { limit: 1 });
      const id = appraisal?.id ?? '';
      const kept = await retainedEvidence(service, ISSUER.iss, id);
      const body = JSON.parse(prepared.body);
      assert.equal(kept?.request, body.request);
      const [sent] = body.evidence;
      const parts = [sent.data].flat().map((text: string) => Buffer.from(text, 'base64').toString('hex'));
      assert.deepEqual(
        kept?.evidence[0]?.parts.map((part) => Buffer.from(part).toString('hex')),
        parts,
      );
      const row = await store.retained(ISSUER.iss, id);
      assert.ok(row !== undefined && !row.sealed.includes(body.request.slice(0, 40)));
      hands.now += 2 * DAY;
      assert.equal(await retainedEvidence(service, ISSUER.iss, id), undefined);
      await store.expire(hands.now);
      assert.equal(await store.retained(ISSUER.iss, id), undefined);
    });
  }
});
