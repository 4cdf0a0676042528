import assert from 'node:assert/strict';
import { it } from 'node:test';
import { CASES } from '../../src/battery/index.ts';
import { differencesOf } from '../../src/report/differences.ts';

const of = (id: string): readonly string[] | undefined => {
  const one = CASES.find((each) => each.id === id);
  return one === undefined ? undefined : differencesOf(one);
};

it('a case differs from the valid server in what stands in its file', () => {
  assert.deepEqual(of('P1'), []);
  assert.deepEqual(of('N8'), ['chain.leaf.names = none']);
  assert.deepEqual(of('N28'), ['chain.leaf.key = other', 'chain.send = leaf, intermediate, genuine']);
  assert.ok(of('N57.a')?.some((text) => /^clock of the client: -\d+ s$/.test(text)));
  assert.ok(of('N59')?.includes('steps: web-view'));
});
