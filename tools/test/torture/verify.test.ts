import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { makeAcceptance, makeInstance } from '../../torture/load.ts';
import { open, TARGETS, type Target } from '../../torture/target.ts';
import { verifyRound } from '../../torture/verify.ts';

const ISS = 'https://torture.example/1';

describe('verifyRound', () => {
  let target: Target;
  beforeEach(async () => {
    target = await TARGETS.sqlite();
    const store = await open(target.address);
    const instance = makeInstance(ISS, 'one');
    await store.accept(makeAcceptance(ISS, `${ISS}/0`, instance, { kind: 'enrol', instance }));
    const refresh = { kind: 'refresh', jkt: instance.jkt, counter: 1, fat: 1 } as const;
    await store.accept(makeAcceptance(ISS, `${ISS}/1`, instance, refresh));
    await store.close();
  });
  afterEach(() => target.dispose());

  const look = async (acknowledged: readonly string[]) => {
    const store = await open(target.address);
    try {
      return await verifyRound(store, ISS, acknowledged);
    } finally {
      await store.close();
    }
  };

  it('finds a whole store whole', async () => {
    assert.deepEqual(await look(['0', '1']), { kept: 2, lost: [], halfWritten: [] });
    assert.equal(target.integrity(), 'ok');
  });

  it('finds an acknowledged acceptance that is not there', async () => {
    assert.deepEqual((await look(['0', '1', '2'])).lost, ['2']);
  });

  const damage: Readonly<Record<string, string>> = {
    'a lost redemption': "delete from redemption where appraisal_id like '%/1'",
    'a lost appraisal of a counted assertion': "delete from appraisal where purpose = 'refresh'",
    'a lost enrolment': "delete from appraisal where purpose = 'enrol'",
    'a counter that fell back': 'update instance set counter = 0',
    'a status out of nowhere': "update instance set status = 'superseded'",
  };
  for (const [name, sql] of Object.entries(damage)) {
    it(`finds ${name}`, async () => {
      assert.ok('path' in target.address);
      const database = new DatabaseSync(target.address.path);
      database.exec(sql);
      database.close();
      assert.equal((await look([])).halfWritten.length, 1);
    });
  }
});
