import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { readPhoneOptions } from '../../../src/mitm/phone/options.ts';
import { phonePlan } from '../../../src/mitm/phone/plan.ts';
import { phoneProfile } from '../../../src/mitm/phone/profile.ts';
import { createFolder } from '../../support/assay.ts';

const OWN = {
  ...{ id: 'X1', title: 'The key of a neighbour', group: 'trust', expect: 'refuse', why: 'It could stand in.' },
  ...{ needs: ['lab-ca'], from: 'valid', masvs: ['MASVS-NETWORK-2'], mastg: [], maswe: [], clauses: ['RFC 7469 2.6'] },
  change: { chain: { leaf: { key: 'other' } } },
};

describe('the plan of a walk', () => {
  const planned = (values: Parameters<typeof readPhoneOptions>[0]) => {
    const options = readPhoneOptions({ host: ['api.example.com'], ...values });
    return phonePlan(options, phoneProfile(options), false).applicable.map(({ id }) => id);
  };

  it("has an operator's cases after the battery", () => {
    const cases = join(createFolder(), 'own.json');
    writeFileSync(cases, JSON.stringify({ cases: [OWN] }));
    assert.equal(planned({ cases }).at(-1), 'X1');
    assert.deepEqual(planned({ cases, only: ['X1'] }), ['X1']);
  });

  it('leaves out what the app cannot', () => {
    assert.ok(planned({}).includes('N45'));
    assert.ok(!planned({ cannot: ['redirects'] }).includes('N45'));
  });
});
