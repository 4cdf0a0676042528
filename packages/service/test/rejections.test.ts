import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { RejectionSample, RejectionStore } from '@assay/core';
import { createRejections, MAX_SAMPLES_PER_HOUR } from '@assay/service';
import { ISSUER, openTestStore, START } from './support/world.ts';

const HOUR = START - (START % 3_600_000);
let made = 0;
const sample = (change: Partial<RejectionSample> = {}): RejectionSample => {
  made += 1;
  return {
    ...{
      iss: ISSUER.iss,
      app: 'app',
      code: 'json.syntax',
      at: START,
      support: `S${made}`,
      checks: [],
      addressHmac: null,
    },
    ...change,
  };
};

type Written = Parameters<RejectionStore['recordRejections']>;

/** A store that refuses the writes of these numbers. */
function flakyStore(failing: (write: number) => boolean) {
  const written: Written[] = [];
  let writes = 0;
  const store: RejectionStore = {
    recordRejections: async (...row) => {
      writes += 1;
      if (failing(writes)) throw new Error('the store is away');
      written.push(row);
    },
    rejectionCounts: async () => [],
    rejectionSamples: async () => [],
    rejectionBySupport: async () => undefined,
  };
  const total = (code: string) => written.reduce((sum, [, , , counts]) => sum + (counts[code] ?? 0), 0);
  return { store, written, total };
}

describe('rejections', () => {
  it('are counted all and sampled a little: 100,000 leave bounded rows', async () => {
    const store = await openTestStore();
    const rejections = createRejections(store);
    for (let i = 0; i < 100_000; i++) rejections.record(sample({ code: i % 2 === 0 ? 'a.b' : 'c.d' }));
    await rejections.flush();
    for (let i = 0; i < 500; i++) rejections.record(sample({ code: 'a.b' }));
    await rejections.flush();
    const counts = await store.rejectionCounts(ISSUER.iss, 0);
    assert.deepEqual(counts.map(({ code, count, hour }) => [code, count, hour]).toSorted(), [
      ['a.b', 50_500, HOUR],
      ['c.d', 50_000, HOUR],
    ]);
    assert.equal((await store.rejectionSamples(ISSUER.iss, 1_000)).length, MAX_SAMPLES_PER_HOUR);
  });

  it('that a failing store did not take are written later, each once', async () => {
    const { store, written, total } = flakyStore((write) => write === 2);
    const rejections = createRejections(store);
    for (const app of ['one', 'two', 'three']) rejections.record(sample({ app }));
    await assert.rejects(rejections.flush());
    rejections.record(sample({ app: 'two' }));
    await rejections.flush();
    await rejections.flush();
    assert.equal(total('json.syntax'), 4);
    assert.deepEqual(written.map(([, app]) => app).toSorted(), ['one', 'three', 'two']);
    assert.equal(written.find(([, app]) => app === 'two')?.[4].length, 2, 'the sample is kept too');
  });

  it('may come in while they are written', async () => {
    const { store, total } = flakyStore((write) => write === 1);
    const rejections = createRejections(store);
    rejections.record(sample());
    const failing = rejections.flush();
    rejections.record(sample());
    await assert.rejects(failing);
    rejections.record(sample());
    await Promise.all([rejections.flush(), rejections.flush()]);
    assert.equal(total('json.syntax'), 3);
  });

  it('belong to the hour in which they came', async () => {
    const { store, written } = flakyStore(() => false);
    const rejections = createRejections(store);
    rejections.record(sample({ at: HOUR + 3_599_999 }));
    rejections.record(sample({ at: HOUR + 3_600_000 }));
    await rejections.flush();
    assert.deepEqual(
      written.map(([, , hour]) => hour),
      [HOUR, HOUR + 3_600_000],
    );
  });

  it('of no more than a thousand places are held', async () => {
    const { store, written } = flakyStore(() => false);
    const rejections = createRejections(store);
    for (let i = 0; i < 1_500; i++) rejections.record(sample({ app: `app-${i}` }));
    rejections.record(sample({ app: 'app-7' }));
    await rejections.flush();
    assert.equal(written.length, 1_000);
    assert.equal(written[7]?.[3]['json.syntax'], 2);
  });
});
