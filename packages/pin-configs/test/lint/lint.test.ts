import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { lint } from '../../src/index.ts';
import { documentOf, projectOf, ruleOf } from '../support/findings.ts';

const at = (file: string, line: number, column = 1) => ({ message: 'm', place: { file, line, column } });
const ids = (findings: readonly { readonly rule: string }[]) => findings.map(({ rule }) => rule);

describe('lint', () => {
  it('orders findings by file, line, column and rule', () => {
    const rules = [
      ruleOf('P002', [at('b', 1), at('a', 2)]),
      ruleOf('P001', [at('a', 2), at('a', 1, 9), at('a', 1, 2)]),
    ];
    const { findings } = lint(projectOf(), { rules });
    const order = findings.map(({ rule, place: { file, line, column } }) => `${file}${line}.${column} ${rule}`);
    assert.deepEqual(order, ['a1.2 P001', 'a1.9 P001', 'a2.1 P001', 'a2.1 P002', 'b1.1 P002']);
  });

  it('runs only what is asked for, and never what is ignored', () => {
    const rules = ['A001', 'B001', 'C001'].map((id) => ruleOf(id, [at('a', 1)]));
    assert.deepEqual(ids(lint(projectOf(), { rules, only: ['A001', 'B001'], ignore: ['B001'] }).findings), ['A001']);
  });

  it('takes the severity of the place before that of the rule, and drops what weighs too little', () => {
    const rules = [ruleOf('A001', [{ ...at('a', 1), severity: 'info' }, at('a', 2)])];
    assert.deepEqual(
      lint(projectOf(), { rules }).findings.map(({ severity }) => severity),
      ['info', 'error'],
    );
    assert.equal(lint(projectOf(), { rules, minimum: 'warning' }).findings.length, 1);
  });

  it('asks rules about hosts only when the project knows what they serve', () => {
    const rules = [ruleOf('P019', [at('a', 1)], { live: true })];
    assert.deepEqual(lint(projectOf(), { rules }).findings, []);
    assert.deepEqual(ids(lint({ ...projectOf(), live: new Map() }, { rules }).findings), ['P019']);
  });

  it('keeps apart what the files themselves suppress', () => {
    const document = documentOf('a', 'one\n// assay-ignore A001: accepted by security, 2026-11\nthree\nfour\n');
    const rules = [ruleOf('A001', [at('a', 3), at('a', 4)]), ruleOf('B001', [at('a', 3)])];
    const { findings, suppressed } = lint(projectOf(document), { rules });
    assert.deepEqual([ids(findings), ids(suppressed)], [['B001', 'A001'], ['A001']]);
  });
});
