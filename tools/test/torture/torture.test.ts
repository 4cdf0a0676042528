import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { testPostgres } from '../../postgres/testing.ts';
import type { Address } from '../../torture/target.ts';
import { isSound, type Report, torture } from '../../torture/torture.ts';

const SKIP: Readonly<Record<Address['engine'], string | false>> = {
  sqlite: false,
  postgres: testPostgres() === undefined ? 'no PostgreSQL: run by `npm test`' : false,
};

describe('torture', () => {
  for (const engine of ['sqlite', 'postgres'] as const) {
    it(`${engine}: two kills lose nothing`, { skip: SKIP[engine] }, async () => {
      const reports: Report[] = [];
      for await (const report of torture({ engine, kills: 2, loadMs: 100, lanes: 16 })) reports.push(report);
      assert.equal(reports.length, 2);
      assert.ok(reports.every(isSound), JSON.stringify(reports));
      assert.ok(reports.every(({ acknowledged }) => acknowledged > 0));
    });
  }

  it('calls a loss, a half-written row and damaged files by their name', () => {
    const whole = { kept: 1, lost: [], halfWritten: [] };
    const report = {
      kill: 1,
      killed: 'writer',
      acknowledged: 1,
      perSecond: 1,
      findings: whole,
      integrity: 'ok',
    } as const;
    assert.equal(isSound(report), true);
    assert.equal(isSound({ ...report, findings: { ...whole, lost: ['1'] } }), false);
    assert.equal(isSound({ ...report, findings: { ...whole, halfWritten: ['x'] } }), false);
    assert.equal(isSound({ ...report, integrity: 'row 1 missing from index' }), false);
  });
});
