import assert from 'node:assert/strict';
import { it } from 'node:test';
import { toJson } from '../../src/report/json.ts';
import { hostileRun, runOf } from './support/runs.ts';

it('a record comes back from its JSON as it was', () => {
  for (const report of [runOf(), hostileRun()]) {
    assert.deepEqual(JSON.parse(toJson(report)), report);
    assert.equal(toJson(JSON.parse(toJson(report))), toJson(report));
  }
});
