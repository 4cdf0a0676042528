import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { integer, object } from '@assay/formats/shape';
import { remembered } from '../../src/vendors/desk.ts';
import { openVendorStore } from './store.ts';

const store = await openVendorStore();
const hands = { now: Date.UTC(2026, 10, 21) };
const desk = { store, clock: () => hands.now };
const read = object({ n: integer(0) });

let asked = 0;
const ask = async () => ({ n: ++asked });
const question = (...about: readonly string[]) => remembered(desk, { iss: 'https://a.example', about, read }, ask);

describe('answers that are remembered', () => {
  it('are given again for ten minutes', async () => {
    const first = await question('a');
    hands.now += 599_999;
    assert.deepEqual(await question('a'), first);
    hands.now += 1;
    assert.notDeepEqual(await question('a'), first);
  });

  it('are those of the very question: its parts do not run into each other', async () => {
    const answers = [
      await question('a', 'bc'),
      await question('ab', 'c'),
      await question('abc'),
      await question('abc', ''),
    ];
    assert.equal(new Set(answers.map(({ n }) => n)).size, 4);
  });

  it('are those of the issuer', async () => {
    const mine = await question('mine');
    const other = await remembered(desk, { iss: 'https://b.example', about: ['mine'], read }, ask);
    assert.notDeepEqual(mine, other);
  });

  it('are not kept of a failure', async () => {
    const failing = () => Promise.reject(new RangeError('no answer'));
    await assert.rejects(remembered(desk, { iss: 'https://a.example', about: ['b'], read }, failing), RangeError);
    assert.ok((await question('b')).n > 0);
  });
});
