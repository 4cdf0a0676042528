import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CASES, CONTROL } from '../../src/battery/battery.ts';

describe('the battery', () => {
  it('has a control that changes nothing', () => {
    assert.equal(CONTROL.id, 'P1');
    assert.deepEqual(CONTROL.recipe, {});
    assert.ok(CASES.includes(CONTROL));
  });
});
