import assert from 'node:assert/strict';
import { it } from 'node:test';
import { type ElementRule, NSC_GRAMMAR, TEXT_ONLY } from '../../src/android/nsc-grammar.ts';

const rules: readonly (readonly [string, ElementRule])[] = Object.entries(NSC_GRAMMAR);

it('has a rule for every element that is read', () => {
  const read = rules.flatMap(([, { children }]) => Object.keys(children).filter((name) => children[name] === 'read'));
  assert.deepEqual(
    [...new Set(['network-security-config', ...read])].toSorted(),
    rules.map(([name]) => name).toSorted(),
  );
});

it('elements of text alone read no children', () => {
  for (const name of TEXT_ONLY) assert.deepEqual(Object.keys(NSC_GRAMMAR[name].children), []);
});
