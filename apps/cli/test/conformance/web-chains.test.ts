import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { toBase64 } from '@assay/formats';
import { type Marked, markCase } from '../../src/conformance/run.ts';
import { webChainSets } from '../../src/conformance/web-chains.ts';
import { mint } from '../support/certificates.ts';
import { type MintedLog, mintLog, stamped, TIMESTAMP } from '../support/timestamps.ts';

const root = mint({ subject: 'Root' });
const leaf = mint({ subject: 'leaf', issuer: root, names: ['a.example'] });
const logs = [mintLog(), mintLog(), mintLog()];
const pem = stamped(leaf, root, logs);

const sct = ({ spki }: MintedLog, index: number) => ({
  ...{ log: `log ${index}`, operator: `operator ${index}`, log_api: 'rfc6962', state_in_list_80_14: 'usable' },
  ...{ timestamp_ms: TIMESTAMP, key_spki_b64: toBase64(spki), signature_valid: true },
});

const given = (met: boolean, more: object = {}) => ({
  ...{ id: 'web', chain_pem: [pem, root.pem], scts: logs.map(sct), validation_time: '2025-01-01T00:00:00Z' },
  ...{ expected: { chrome_embedded_rule_met_with_list_80_14: met }, ...more },
});

type Value = Readonly<Record<string, unknown>>;

function mark(...values: readonly Value[]): readonly Marked[] {
  const documents = values.map((value, index) => ({ path: `x/real/${index}.json`, dir: '', value }));
  return webChainSets(documents, 0).flatMap((set) => set.cases.map(markCase));
}

const marks = (...values: readonly Value[]) => mark(...values).map((marked) => marked.mark);

const changed = (change: object) => logs.map((log, index) => ({ ...sct(log, index), ...change }));

describe('chains of the web', () => {
  it('are right in signatures and policy', () => {
    assert.deepEqual(
      mark(given(true)).map(({ id, mark: each }) => [id, each]),
      [
        ['web#signatures', 'right'],
        ['web#policy', 'right'],
      ],
    );
  });

  for (const [what, expected, value] of [
    ['the policy is met and should not be', ['right', 'wrong'], given(false)],
    ['the policy is not met and should be', ['right', 'wrong'], given(true, { scts: changed({ operator: 'one' }) })],
    [
      'the policy is not met, as told',
      ['right', 'right'],
      given(false, { scts: changed({ state_in_list_80_14: null }) }),
    ],
    [
      'retired logs alone vouch for it',
      ['right', 'right'],
      given(false, { scts: changed({ state_in_list_80_14: 'retired' }) }),
    ],
    [
      'a signature holds and should not',
      ['wrong', 'right'],
      given(true, { scts: changed({ signature_valid: false }) }),
    ],
    [
      'there is no issuer, as told',
      ['right', 'right'],
      given(false, { chain_pem: [pem], scts: changed({ signature_valid: null }) }),
    ],
    ['there is no issuer, and it is not told', ['wrong', 'wrong'], given(true, { chain_pem: [pem] })],
    [
      'a genuine leaf lies further down',
      ['right', 'right'],
      given(false, { chain_pem: [leaf.pem, root.pem, pem], scts: [] }),
    ],
    ['a member is of the wrong type', ['undecided'], given(true, { scts: 1 })],
    ['a state is not known', ['undecided'], given(true, { scts: changed({ state_in_list_80_14: 'constructor' }) })],
  ] as const) {
    it(`come out so when ${what}`, () => assert.deepEqual(marks(value), expected));
  }

  it('of one folder form one set', () => {
    const document = (path: string) => ({ path, dir: '', value: given(true) });
    const sets = webChainSets([document('a/1.json'), document('a/2.json'), document('b/1.json')], 0);
    assert.deepEqual(
      sets.map(({ name, cases }) => [name, cases.length]),
      [
        ['a', 4],
        ['b', 2],
      ],
    );
  });
});
