import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createCompiler } from '../../src/cel/expression.ts';
import { isAbsence, leavesOf, rehearse } from '../../src/cel/rehearse.ts';
import { documentOf, faultsOf } from '../support.ts';

function fault(source: string): string | undefined {
  const compiled = createCompiler(['keys']).question(source);
  assert.ok('expression' in compiled, source);
  return rehearse(compiled.expression, { lists_keys: ['a'] });
}

describe('the rehearsal', () => {
  it('finds what fails on facts that devices may have', () => {
    for (const source of [
      'device.sdk + 9223372036854775807 > 0',
      'weight - 9223372036854775807 - 2 < 0',
      'device.locked && weight + 9223372036854775807 > 0',
    ]) {
      assert.notEqual(fault(source), undefined, source);
      assert.equal(faultsOf(documentOf([{ require: 'device.locked' }, { require: source }])).length, 1);
    }
  });

  it('finds nothing in what is merely unknown', () => {
    for (const source of ['device.locked', 'versionAtLeast(app.version, "1")', 'evidence.exists(e, e == app.id)']) {
      assert.equal(fault(source), undefined, source);
    }
  });

  it('tells absence from every other error', () => {
    assert.equal(isAbsence(new TypeError('x')), false);
    assert.equal(isAbsence('x'), false);
    assert.equal(isAbsence(Object.assign(new Error('x'), { code: 'unknown_variable' })), true);
  });

  it('reaches every leaf', () => {
    const compiled = createCompiler([]).question(
      '!device.locked && (has(app.id) || platform == "ios") ? true : weight < 3',
    );
    assert.ok('expression' in compiled);
    const texts = leavesOf(compiled.expression.root).map(({ text }) => text);
    assert.deepEqual(texts, ['device_locked', '(platform == "ios")', 'true', '(weight < 3)']);
  });
});
