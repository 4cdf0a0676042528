// Real clients that every machine has: Node, and the Chromium of the tests. The others run in `npm run mitm:selftest`.
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { makeLab, runBattery } from '../../mitm/battery.ts';
import { clientNamed, commandOf, profileArgument } from '../../mitm/clients.ts';
import { browserWithPin } from '../../mitm/provide-browser.ts';

let folder = '';
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assay-clients-'));
  await makeLab(join(folder, 'lab'));
});
after(() => rm(folder, { recursive: true, force: true }));

/** What each case came to. */
async function outcomes(client: string, only: readonly string[], env = {}): Promise<Record<string, unknown>> {
  const command = commandOf(clientNamed(client) ?? assert.fail(client));
  const order = { profile: profileArgument(client), command, lab: join(folder, 'lab'), jobs: 2, env, only };
  const report = await runBattery({ ...order, limitSeconds: PATIENCE_S });
  assert.equal(report.controls, 'passed');
  const applied = report.results.filter(({ standing }) => standing !== 'not-applicable');
  return Object.fromEntries(applied.map(({ case: { id }, standing }) => [id, standing]));
}

const CASES = ['N4', 'N12.a'];
/** None of these cases keeps a client waiting: only a busy machine does. */
const PATIENCE_S = 120;

test('a careful client of Node refuses what the usual one lets through, and a careless one refuses nothing', async () => {
  const clients = ['node-careful', 'node-usual', 'node-careless'];
  const [careful, usual, careless] = await Promise.all(clients.map((client) => outcomes(client, CASES)));
  assert.deepEqual(careful, { P1: 'right', N4: 'right', 'N12.a': 'right' });
  assert.deepEqual(usual, { P1: 'right', N4: 'right', 'N12.a': 'wrong' });
  assert.deepEqual(careless, { P1: 'right', N4: 'wrong', 'N12.a': 'wrong' });
});

test('the reference client keeps the last good pin set, and its sibling believes anybody', async () => {
  const only = ['N48', 'N54', 'N55.a'];
  const [careful, careless] = await Promise.all([
    outcomes('reference-careful', only),
    outcomes('reference-careless', only),
  ]);
  const { P1, ...rest } = careful ?? {};
  assert.equal(P1, 'right');
  assert.deepEqual([...new Set(Object.values(rest))], ['right']);
  assert.deepEqual({ ...careless, P1 }, { P1, ...Object.fromEntries(Object.keys(rest).map((id) => [id, 'wrong'])) });
});

test('Chromium that knows the pinned key alone refuses every other', async () => {
  const browser = await browserWithPin(join(folder, 'lab/pinned.key'));
  try {
    const seen = await outcomes('chromium-plain', ['N4'], browser.env);
    assert.deepEqual(seen, { P1: 'right', N4: 'right' });
  } finally {
    await browser.close?.();
  }
});
