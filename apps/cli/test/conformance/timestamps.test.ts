import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { toBase64 } from '@assay/formats';
import { type Marked, markCase } from '../../src/conformance/run.ts';
import { timestampSets } from '../../src/conformance/timestamps.ts';
import { mint } from '../support/certificates.ts';
import { type MintedLog, mintLog, stamped, TIMESTAMP } from '../support/timestamps.ts';

const root = mint({ subject: 'Root' });
const leaf = mint({ subject: 'leaf', issuer: root, names: ['a.example'] });
const [known, other] = [mintLog(), mintLog()];

const NOW = TIMESTAMP + 1000;
const given = (pem: string, expected: unknown, more: object = {}) => ({
  ...{ id: 'case', leaf: pem, issuer: root.pem, logs: [logOf(known)], expected_scts: expected, ...more },
});

function logOf({ spki }: MintedLog) {
  return { description: 'log', key: toBase64(spki) };
}

function mark(...cases: readonly object[]): readonly Marked[] {
  const sets = timestampSets([{ path: 'own.json', dir: '', value: { cases } }], NOW);
  return sets.flatMap((set) => set.cases.map(markCase));
}

describe('cases with timestamps', () => {
  const pem = stamped(leaf, root, [known, other]);

  for (const [what, expected, each] of [
    ['each turns out as told', 'right', given(pem, ['valid', 'unknown-log'])],
    ['the list is broken as told', 'right', given(stamped(leaf, root, [known], [0]), ['malformed-list'])],
    ['there are none, as told', 'right', given(leaf.pem, [])],
    ['one turns out otherwise', 'wrong', given(pem, ['valid', 'valid'])],
    ['the order is another', 'wrong', given(pem, ['unknown-log', 'valid'])],
    ['one more is told', 'wrong', given(pem, ['valid', 'unknown-log', 'valid'])],
    ['one less is told', 'wrong', given(pem, ['valid'])],
    ['none was told', 'wrong', given(pem, [])],
    ['none is there', 'wrong', given(leaf.pem, ['valid'])],
    [
      'the clock of the case is too early',
      'wrong',
      given(pem, ['valid', 'unknown-log'], { validation_time: '2025-01-01T00:00:00Z' }),
    ],
    ['a word is not known', 'undecided', given(pem, ['valid', 'constructor'])],
    ['a member is missing', 'undecided', given(pem, undefined)],
  ] as const) {
    it(`are ${expected} when ${what}`, () => {
      const good = given(pem, ['valid', 'unknown-log']);
      assert.deepEqual(
        mark(good, each).map((marked) => marked.mark),
        ['right', expected],
      );
    });
  }

  it('form no set without their expectation', () => {
    assert.deepEqual(timestampSets([{ path: 'a.json', dir: '', value: { cases: [{ leaf: pem }] } }], NOW), []);
  });
});
