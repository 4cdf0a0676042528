import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { describeVectors } from '../../../../tools/vectors.ts';
import { OCSP_ROWS } from '../../src/ocsp/reasons.ts';
import { faultsOf, readDoc } from '../support/docs.ts';
import { ownOcspCases } from '../support/own-vectors.ts';

const ROWS = readDoc('ocsp.md', 'ocsp');

describe('documentation of OCSP', () => {
  for (const row of ROWS) it(`is right about ${row.name}`, () => assert.deepEqual(faultsOf(row), []));

  it('lists every code once', () => {
    const codes = ROWS.flatMap((row) => row.codes).filter((code) => code.startsWith('ocsp.'));
    assert.deepEqual([...codes].sort(), Object.keys(OCSP_ROWS).sort());
  });
});

describeVectors('documentation of OCSP against the vectors', (dir) => {
  const refused = ownOcspCases(dir).filter(({ expected }) => expected.some((word) => word.startsWith('ocsp.')));

  it('names every refused case once, and none that does not exist', () => {
    const named = ROWS.flatMap(({ labels }) => labels);
    assert.deepEqual([...named].sort(), refused.map(({ id }) => `own: ${id}`).sort());
  });

  for (const { id, run } of refused) {
    it(`${id} stops where the table says`, () => {
      assert.deepEqual(run(), ROWS.find(({ labels }) => labels.includes(`own: ${id}`))?.codes);
    });
  }
});
