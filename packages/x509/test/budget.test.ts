import assert from 'node:assert/strict';
import { it } from 'node:test';
import { createBudget, spend } from '../src/budget.ts';
import { fault } from './support/chain.ts';

it('a budget is spent to its last unit, each kind by itself', () => {
  const budget = createBudget();
  spend(budget, 'steps', budget.steps);
  assert.throws(() => spend(budget, 'steps', 1), fault('x509.budget_exhausted'));
  assert.doesNotThrow(() => spend(budget, 'signatures', 1));
});
