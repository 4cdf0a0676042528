import assert from 'node:assert/strict';
import { it } from 'node:test';
import { createGate } from '../../src/operator/gate.ts';

it('lets so many through at once, and counts each way out once', () => {
  const gate = createGate(2);
  const [first, second] = [gate.enter(), gate.enter()];
  assert.ok(first !== undefined && second !== undefined);
  assert.equal(gate.enter(), undefined);
  first();
  first();
  assert.ok(gate.enter() !== undefined);
  assert.equal(gate.enter(), undefined);
});
