import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ABSENT, claimed, completeFacts, proven, type Store, type StoredFacts } from '@assay/core';
import type { Driver } from '../../src/driver.ts';
import { migrate } from '../../src/schema/migrate.ts';
import { MIGRATIONS } from '../../src/schema/migrations.ts';
import { type Database, ENGINES } from '../engines.ts';
import { enrolment, makeAcceptance, NOW, newIssuer } from '../fixtures.ts';

const BY = 'android-key';

/** The facts of an Android phone as release 0.1 wrote them: without runtime, history, threats and what was added within. */
const FACTS_0_1: StoredFacts = {
  v: 1,
  evidence: [BY],
  platform: proven('android', BY),
  app: {
    ...{ id: proven('com.example.bank', BY), signers: proven(['ab'], BY), build: proven('42', BY) },
    ...{ version: claimed('4.2.0', 'app'), environment: ABSENT, category: ABSENT },
  },
  key: {
    ...{ protection: proven('hardware', BY), attestedLevel: proven('strongbox', BY), attesterLevel: proven('tee', BY) },
    ...{ origin: proven('generated', BY), purposes: proven([2], BY), algorithm: proven('ec-p256', BY) },
  },
  device: {
    ...{ bootState: proven('verified', BY), locked: proven(true, BY), bootKey: proven('00', BY), osVersion: ABSENT },
    ...{ osBuild: ABSENT, osPatch: proven('2026-10', BY), vendorPatch: ABSENT, bootPatch: ABSENT },
    ...{ brand: ABSENT, model: proven('Pixel 9', BY) },
  },
  chain: {
    ...{ anchor: proven('google-hw-rsa', BY), provisioning: proven('factory', BY) },
    ...{ certificatesIssued: ABSENT, revocation: proven('not_listed', BY) },
  },
  signals: [],
};

/** The statements by which release 0.1 wrote. */
const INSERTS_0_1 = {
  instance: `insert into instance (iss, jkt, app, format, attested_key, attested_spki, lineage, status, counter,
      environment, vat, fat, created_at, facts)
    values ($1, 'jkt', 'bank', 'android-key-attestation', 'key', 'spki', 'lineage', 'active', 0, null, $2, $2, $2, $3)`,
  attestedKey: `insert into attested_key (iss, app, format, attested_key, lineage)
    values ($1, 'bank', 'android-key-attestation', 'key', 'lineage')`,
  appraisal: `insert into appraisal (iss, id, support, app, purpose, at, jkt, lineage, format, platform, request_hash,
      facts, verdict, checks, record)
    values ($1, 'id', 'support', 'bank', 'enrol', $2, 'jkt', 'lineage', 'android-key-attestation', 'android', 'hash',
      $3, $4, '[]', '{}')`,
} as const;
const VERDICT_0_1 = { tier: 'affirming', assurance: 'high', reasons: [], policy: 'strict@1', trace: [] };

async function writeAs01(driver: Driver, iss: string): Promise<void> {
  const facts = JSON.stringify(FACTS_0_1);
  await driver.transaction(async (session) => {
    await session.execute(INSERTS_0_1.instance, [iss, NOW, facts]);
    await session.execute(INSERTS_0_1.attestedKey, [iss]);
    await session.execute(INSERTS_0_1.appraisal, [iss, NOW, facts, JSON.stringify(VERDICT_0_1)]);
  });
}

async function upgraded(database: Database, iss: string): Promise<Store> {
  const driver = await database.openDriver();
  await migrate(driver, MIGRATIONS.slice(0, 1));
  await writeAs01(driver, iss);
  await driver.close();
  return database.open();
}

for (const engine of ENGINES) {
  describe(`${engine.name}: a database of release 0.1`, { skip: engine.skip }, () => {
    it('is read whole by this one, and goes on', async () => {
      const database = await engine.createDatabase();
      const iss = newIssuer();
      const store = await upgraded(database, iss);
      try {
        const expected = completeFacts(FACTS_0_1);
        assert.deepEqual(expected.history.advisories, { known: 'absent' });
        assert.deepEqual(expected.threats, {});
        const instance = await store.instance(iss, 'jkt');
        assert.deepEqual(instance?.reporters, []);
        assert.equal(instance?.format, 'android-key');
        assert.deepEqual(instance?.facts, expected);
        const appraisal = await store.appraisal(iss, 'id');
        assert.deepEqual(appraisal?.facts, expected);
        assert.equal(appraisal?.format, 'android-key');
        assert.deepEqual(appraisal?.verdict, VERDICT_0_1);
        const [first] = await store.appraisedFacts(iss, { from: NOW, to: NOW + 1, limit: 10 });
        assert.deepEqual(first?.facts, expected);
        const change = { kind: 'refresh', jkt: 'jkt', fat: NOW + 1, reporters: ['freerasp'] } as const;
        assert.equal((await store.accept(makeAcceptance(iss, change))).outcome, 'accepted');
        assert.deepEqual((await store.instance(iss, 'jkt'))?.reporters, ['freerasp']);
        assert.equal((await store.accept(enrolment(iss))).outcome, 'accepted');
      } finally {
        await store.close();
        await database.drop();
      }
    });
  });
}
