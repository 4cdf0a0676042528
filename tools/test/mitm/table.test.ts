import assert from 'node:assert/strict';
import { test } from 'node:test';
import { departures, leaksOf, type Row, type Table, wrongOf } from '../../mitm/table.ts';

const RIGHT: Row = { standing: 'right', outcome: 'REFUSED-ALERT' };
const LEAK: Row = { standing: 'wrong', outcome: 'LEAKED' };
const table = (cases: Record<string, Row>): Table => ({
  ...{ client: 'curl', title: 'curl', version: 'curl 1', recorded: '2026-11-21' },
  cases,
});

test('a table agrees with itself', () => {
  assert.deepEqual(departures(table({ N4: RIGHT, N8: LEAK }), table({ N4: RIGHT, N8: LEAK })), []);
});

test('a new leak is a departure, and so is one that has gone', () => {
  assert.equal(departures(table({ N4: RIGHT }), table({ N4: LEAK })).length, 1);
  assert.equal(departures(table({ N4: LEAK }), table({ N4: RIGHT })).length, 1);
});

test('a case that was not run is a departure, and so is one that was not in the table', () => {
  assert.equal(departures(table({ N4: RIGHT }), table({})).length, 1);
  assert.equal(departures(table({}), table({ N4: RIGHT })).length, 1);
});

test('a client that cannot be judged any more is a departure', () => {
  const unsupported: Row = { standing: 'inconclusive', outcome: 'UNSUPPORTED' };
  assert.equal(departures(table({ N4: RIGHT }), table({ N4: unsupported })).length, 1);
});

test('how exactly a client refuses is none', () => {
  const closed: Row = { standing: 'right', outcome: 'REFUSED-CLOSE' };
  assert.deepEqual(departures(table({ N4: RIGHT }), table({ N4: closed })), []);
});

test('a refusal of what must be accepted is wrong, and no leak', () => {
  const seen = table({ P1: { standing: 'wrong', outcome: 'REFUSED-ALERT' }, N4: LEAK, N8: RIGHT });
  assert.deepEqual(wrongOf(seen), ['P1', 'N4']);
  assert.deepEqual(leaksOf(seen), ['N4']);
});
