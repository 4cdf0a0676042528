import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { formatProof, formatReport, HEADING } from '../../torture/table.ts';

const REPORT = {
  kill: 3,
  killed: 'writer',
  acknowledged: 120,
  perSecond: 6543.2,
  findings: { kept: 121, lost: [], halfWritten: [] },
  integrity: 'ok',
} as const;

describe('table', () => {
  it('lines up with its heading', () => {
    const line = formatReport(REPORT);
    assert.equal(line.indexOf('120'), HEADING.indexOf('acknowledged'));
    assert.equal(line.indexOf('ok'), HEADING.indexOf('integrity'));
  });

  it('names the first few things found', () => {
    const lost = ['a', 'b', 'c', 'd', 'e', 'f'];
    const lines = formatReport({ ...REPORT, findings: { kept: 0, lost, halfWritten: ['x'] } }).split('\n');
    assert.deepEqual(
      lines.slice(1).map((line) => line.trim()),
      ['lost: a', 'lost: b', 'lost: c', 'lost: d', 'lost: e'],
    );
  });

  it('says when an answer had no sync', () => {
    const proof = { lanes: 1, acknowledged: 5, syncs: 4, unproven: 1 };
    assert.match(formatProof('sqlite', proof), /WITHOUT A SYNC/);
    assert.doesNotMatch(formatProof('sqlite', { ...proof, unproven: 0 }), /WITHOUT/);
  });
});
