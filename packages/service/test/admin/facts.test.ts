import assert from 'node:assert/strict';
import { it } from 'node:test';
import { type AppraisedFacts, completeFacts, type FactsPage, noFacts, type Store } from '@assay/core';
import { factsOf, toStreamed } from '@assay/service';

const VERDICT = { tier: 'none', assurance: 'none', reasons: [], policy: 'strict@1', trace: [] } as const;
const ROWS: readonly AppraisedFacts[] = Array.from({ length: 1_700 }, (_, at) => ({
  ...{ id: String(at).padStart(32, '0'), at, app: 'bank', purpose: 'enrol', platform: null, lineage: 'A' },
  ...{ facts: noFacts(), verdict: VERDICT },
}));

/** A table of those rows, which remembers what it was asked for. */
function createTable() {
  const asked: FactsPage[] = [];
  const appraisedFacts: Store['appraisedFacts'] = async (_, page) => {
    asked.push(page);
    return ROWS.filter(({ id }) => page.after === undefined || id > page.after).slice(0, page.limit);
  };
  return { asked, service: { store: { appraisedFacts } as Store } }; // the one table that is read
}

async function read(max: number, after?: string) {
  const { asked, service } = createTable();
  const ids: string[] = [];
  const wish = { from: 0, to: 9_999, max, ...(after === undefined ? {} : { after }) };
  for await (const { id } of factsOf(service, { iss: 'x' }, wish)) ids.push(id);
  return { ids, asked };
}

it('facts are read page by page, to the end or to the most that was asked for', async () => {
  const all = await read(1_000_000);
  assert.deepEqual(
    all.ids,
    ROWS.map(({ id }) => id),
  );
  assert.deepEqual(
    all.asked.map(({ limit }) => limit),
    [500, 500, 500, 500],
  );
  const some = await read(750);
  assert.equal(some.ids.length, 750);
  assert.deepEqual(
    some.asked.map(({ limit, after }) => [limit, after]),
    [
      [500, undefined],
      [250, ROWS[499]?.id],
    ],
  );
  assert.deepEqual((await read(2, ROWS[9]?.id)).ids, [ROWS[10]?.id, ROWS[11]?.id]);
});

it('facts that nobody takes are not read', async () => {
  const { asked, service } = createTable();
  for await (const { id } of factsOf(service, { iss: 'x' }, { from: 0, to: 9_999, max: 9_999 })) {
    if (id === ROWS[3]?.id) break;
  }
  assert.equal(asked.length, 1);
});

it('facts are streamed without what is absent and without rules that held, and come out the same', () => {
  const [row] = ROWS;
  assert.ok(row !== undefined);
  const rule = { rule: 'a', expected: 'x', found: 'y', known: 'proven' } as const;
  const trace = [
    { ...rule, outcome: 'held' },
    { ...rule, rule: 'b', outcome: 'failed', code: 'policy.os_too_old' },
  ] as const;
  const device = { ...row.facts.device, locked: { known: 'proven', value: true, by: 'x' } } as const;
  const whole = { ...row, facts: { ...row.facts, device }, verdict: { ...VERDICT, trace } };
  const streamed = toStreamed(whole);
  assert.deepEqual(streamed.facts.device, { locked: device.locked });
  assert.deepEqual(completeFacts(streamed.facts), whole.facts);
  assert.deepEqual(
    streamed.verdict.trace.map((each) => each.rule),
    ['b'],
  );
});
