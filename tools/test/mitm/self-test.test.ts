import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Client } from '../../mitm/clients.ts';
import { examine, type Play } from '../../mitm/self-test.ts';
import type { Row, Table } from '../../mitm/table.ts';
import { readTable } from '../../mitm/tables.ts';

const NAME = 'curl-pinned';
const WRITTEN = readTable(NAME) ?? assert.fail('no table');
const LEAK: Row = { standing: 'wrong', outcome: 'LEAKED' };
const LATE: Row = { standing: 'inconclusive', outcome: 'NOT-REACHED' };
const seen = (cases: Record<string, Row>, version = WRITTEN.version): Table => ({
  ...{ ...WRITTEN, version },
  cases: { ...WRITTEN.cases, ...cases },
});
const clientOf = (version: string): Client => ({
  ...{ name: NAME, jobs: 8 },
  provide: async () => ({ version, env: {} }),
});

interface Played {
  readonly only: readonly string[];
  readonly isAlone: boolean;
}

/** What the examination says when the client does this, then that; and what was asked of it. */
async function examined(does: readonly (() => Table)[], version = WRITTEN.version) {
  const orders: Played[] = [];
  const play: Play = async (_, __, { only, isAlone }) => {
    const act = does[orders.push({ only, isAlone }) - 1] ?? assert.fail('asked too often');
    const { cases, ...about } = act();
    const kept = Object.entries(cases).filter(([id]) => only.length === 0 || only.includes(id));
    return { ...about, cases: Object.fromEntries(kept) };
  };
  const first = await examine(clientOf(version), { lab: '', isRecording: false, only: [], play });
  return { first, last: (await first.retry?.()) ?? first, orders };
}

const failing = (): never => {
  throw new Error('the positive controls failed-before');
};

test('a client that does what is written of it agrees, and is not tried again', async () => {
  const { first, orders } = await examined([() => seen({})]);
  assert.deepEqual([first.state, first.retry, orders.length], ['agrees', undefined, 1]);
});

test('what came too late is tried again, alone, before it counts', async () => {
  for (const id of ['N4', 'N8', 'P2']) {
    const { first, last, orders } = await examined([() => seen({ [id]: LATE }), () => seen({})]);
    assert.deepEqual([first.state, last.state], ['differs', 'agrees'], last.words);
    assert.deepEqual(orders[1], { only: [id], isAlone: true });
  }
});

test('what stays undecided differs', async () => {
  const { last } = await examined([() => seen({ N4: LATE }), () => seen({ N4: LATE })]);
  assert.deepEqual([last.state, last.retry], ['differs', undefined]);
});

test('a new leak differs at once: no delay makes application data', async () => {
  const { first } = await examined([() => seen({ N4: LEAK })]);
  assert.deepEqual([first.state, first.retry], ['differs', undefined]);
});

test('a new leak still differs where something else is tried again', async () => {
  const { last, orders } = await examined([() => seen({ N4: LEAK, N1: LATE }), () => seen({})]);
  assert.deepEqual([last.state, orders[1]?.only], ['differs', ['N1']]);
});

test('a control that fails is tried again with everything', async () => {
  const { first, last, orders } = await examined([failing, () => seen({})]);
  assert.deepEqual([first.state, last.state], ['differs', 'agrees']);
  assert.deepEqual(orders[1], { only: [], isAlone: true });
  assert.equal((await examined([failing, failing])).last.state, 'differs');
});

test('another version may do otherwise: that is shown, and fails nothing', async () => {
  const version = 'curl 99.0.0 (OpenSSL/9.9.9)';
  const { first, orders } = await examined([() => seen({ N4: LEAK, N8: LATE }, version)], version);
  assert.deepEqual([first.state, first.retry, orders.length], ['another', undefined, 1]);
  assert.match(first.words, /N4: right in the table, wrong \(LEAKED\) here/);
  assert.equal((await examined([failing], version)).first.state, 'another');
});

test('a client that cannot be had is absent, whatever the reason', async () => {
  const provide = () => Promise.reject(new Error('the registry does not answer\nmore'));
  const client = { name: NAME, jobs: 1, provide };
  const { state, words } = await examine(client, { lab: '', isRecording: false, only: [], play: failing });
  assert.deepEqual([state, words], ['absent', 'curl-pinned: absent: the registry does not answer']);
});
