import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { describeVectors } from '../../../../tools/vectors.ts';
import { CT_ROWS } from '../../src/ct/reasons.ts';
import { faultsOf, readDoc } from '../support/docs.ts';
import { ownSctCases } from '../support/own-vectors.ts';

const ROWS = readDoc('certificate-transparency.md', 'ct');

const rowOf = (label: string) => ROWS.find(({ labels }) => labels.includes(label));

describe('documentation of Certificate Transparency', () => {
  for (const row of ROWS) it(`is right about ${row.codes[0]}`, () => assert.deepEqual(faultsOf(row), []));

  it('lists every code once', () => {
    const codes = ROWS.flatMap((row) => row.codes);
    assert.deepEqual([...codes].sort(), Object.keys(CT_ROWS).sort());
  });
});

describeVectors('documentation of Certificate Transparency against the vectors', (dir) => {
  const named = ROWS.flatMap(({ labels }) => labels);
  const ofGroup = (group: string) => named.filter((label) => label.startsWith(`${group}: `)).sort();
  const own = ownSctCases(dir).filter(({ expected }) => expected.some((word) => word !== 'valid'));

  it('names every refused case of our own once', () => {
    assert.deepEqual(ofGroup('own'), own.map(({ id }) => `own: ${id}`).sort());
  });

  for (const { id, run } of own) {
    it(`${id} is refused where the table says`, () => {
      const codes = run().filter((word) => word !== 'valid');
      assert.deepEqual(codes, rowOf(`own: ${id}`)?.codes);
    });
  }

  it('names every refused single timestamp once', () => {
    const refused = ['badsigalg', 'junk', 'poisoned', 'version', 'wrongcert', 'wrongtime'];
    assert.deepEqual(
      ofGroup('entry-types'),
      refused.map((name) => `entry-types: ${name}`),
    );
  });

  it('names every refused chain of the web once', () => {
    const cases = globSync(join(dir, 'x509/ct/real/*.json')).map((file) => JSON.parse(readFileSync(file, 'utf8')));
    const refused = cases.filter(({ expected }) => !expected.chrome_embedded_rule_met_with_list_80_14);
    assert.deepEqual(ofGroup('real'), refused.map(({ id }) => `real: ${id}`).sort());
  });
});
