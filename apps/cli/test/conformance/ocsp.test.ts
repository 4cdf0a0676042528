import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { der, toBase64 } from '@assay/formats';
import { ocspSets } from '../../src/conformance/ocsp.ts';
import { type Marked, markCase } from '../../src/conformance/run.ts';
import { mint } from '../support/certificates.ts';
import { goodOcsp } from '../support/timestamps.ts';

const root = mint({ subject: 'Root' });
const leaf = mint({ subject: 'leaf', issuer: root, names: ['a.example'] });

const NOW = Date.UTC(2026, 0, 1);
const good = goodOcsp(leaf, root, NOW);
const tryLater = der.sequence(der.enumerated(3));

const given = (expected: unknown, response = good, more: object = {}) => ({
  ...{ id: 'case', leaf: leaf.pem, issuer: root.pem, ocsp_response_der_b64: toBase64(response), expected, ...more },
});

function mark(...cases: readonly object[]): readonly Marked[] {
  const sets = ocspSets([{ path: 'own.json', dir: '', value: { cases } }], NOW);
  return sets.flatMap((set) => set.cases.map(markCase));
}

describe('cases with OCSP responses', () => {
  const late = { validation_time: '2027-01-01T00:00:00Z' };

  for (const [what, expected, each] of [
    ['the status is as told', 'right', given('good')],
    ['the refusal has the reason that was told', 'right', given('invalid:responseStatus-3', tryLater)],
    ['it is refused for its age by the clock of the case', 'right', given('invalid:stale', good, late)],
    ['it is refused for a reason that has no code of its own here', 'right', given('invalid:no-such-word', tryLater)],
    ['the status is another', 'wrong', given('revoked')],
    ['the refusal has another reason', 'wrong', given('invalid:stale', tryLater)],
    ['it is refused and should not be', 'wrong', given('good', tryLater)],
    ['it is not refused and should be', 'wrong', given('invalid:no-such-word')],
    ['the expectation is no known word', 'undecided', given('perhaps')],
    ['a member is missing', 'undecided', given(undefined)],
  ] as const) {
    it(`are ${expected} when ${what}`, () => {
      assert.deepEqual(
        mark(given('good'), each).map((marked) => marked.mark),
        ['right', expected],
      );
    });
  }

  it('form no set without responses', () => {
    assert.deepEqual(ocspSets([{ path: 'a.json', dir: '', value: { cases: [{ expected: 'good' }] } }], NOW), []);
  });
});
