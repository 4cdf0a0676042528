import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { CASES } from '@assay/mitm';
import { CLIENTS, profileOf } from '../../mitm/clients.ts';
import { published, renderPage } from '../../mitm/page.ts';
import { leaksOf, wrongOf } from '../../mitm/table.ts';
import { readTable } from '../../mitm/tables.ts';

/** What a correct client and careless ones must come to, whatever is recorded of them. */
const MOST_LEAKS_OF_A_CAREFUL_CLIENT = 10;
const FEWEST_LEAKS_OF_A_CARELESS_CLIENT = 40;

test('docs/mitm-clients.md is what the recorded tables say', () => {
  assert.equal(published(), renderPage());
});

for (const { name } of CLIENTS) {
  describe(name, () => {
    const [table, profile] = [readTable(name), profileOf(name)];

    test('was recorded, at the version that its profile names', () => {
      assert.equal(table?.version, profile.version);
      assert.equal(table?.title, profile.title);
      assert.equal(name, profile.name);
    });

    test('has a reason for every case that it gets wrong, and for no other', () => {
      assert.deepEqual(Object.keys(profile.known), table === undefined ? [] : wrongOf(table));
      for (const [id, { outcome }] of Object.entries(profile.known)) assert.equal(outcome, table?.cases[id]?.outcome);
    });

    test('was recorded against cases that there are', () => {
      const ids = new Set(CASES.map(({ id }) => id));
      assert.deepEqual(
        Object.keys(table?.cases ?? {}).filter((id) => !ids.has(id)),
        [],
      );
    });
  });
}

test('pinned clients refuse interception, and the rest does not', () => {
  const leaks = CLIENTS.filter(({ name }) => readTable(name)?.cases['N4']?.outcome === 'LEAKED');
  assert.deepEqual(leaks.map(({ name }) => name).toSorted(), [
    'chromium-plain',
    'curl-insecure',
    'curl-plain',
    'node-careless',
    'python-plain',
  ]);
});

test('a careful client leaks little, and a careless one nearly everything', () => {
  const leaks = (name: string): number => leaksOf(readTable(name) ?? assert.fail(`${name} has no table`)).length;
  for (const name of ['curl-pinned', 'node-careful', 'reference-careful']) {
    assert.ok(leaks(name) <= MOST_LEAKS_OF_A_CAREFUL_CLIENT, name);
  }
  for (const name of ['curl-insecure', 'node-careless'])
    assert.ok(leaks(name) >= FEWEST_LEAKS_OF_A_CARELESS_CLIENT, name);
});
