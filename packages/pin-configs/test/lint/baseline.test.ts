import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { beyondBaseline, fingerprintsOf } from '../../src/index.ts';
import { finding } from '../support/findings.ts';

describe('a baseline', () => {
  it('knows a finding again on another line', () => {
    const baseline = fingerprintsOf([finding({ line: 3 })]);
    assert.deepEqual(beyondBaseline([finding({ line: 90 })], baseline).fresh, []);
  });

  it('counts equal findings: one more than accepted is new', () => {
    const baseline = fingerprintsOf([finding({ line: 3 })]);
    const { fresh, known } = beyondBaseline([finding({ line: 3 }), finding({ line: 9 })], baseline);
    assert.deepEqual([fresh.map(({ place }) => place.line), known], [[9], 1]);
  });

  it('tells hosts, files and rules apart', () => {
    const baseline = fingerprintsOf([finding({ host: 'a.example' })]);
    const others = [finding({ host: 'b.example' }), finding({ host: 'a.example', rule: 'P002' })];
    assert.equal(beyondBaseline(others, baseline).fresh.length, 2);
  });

  it('names what is no longer found', () => {
    const baseline = fingerprintsOf([finding(), finding({ rule: 'E001' })]);
    assert.deepEqual(beyondBaseline([finding()], baseline).gone, ['E001 app/net.xml - #1']);
  });
});
