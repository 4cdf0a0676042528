import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { createCompiler, type Expression } from '../../src/cel/expression.ts';

const faults = (source: string) => {
  const compiled = createCompiler(['keys']).question(source);
  return 'faults' in compiled ? compiled.faults : [];
};

function compiled(source: string): Expression {
  const result = createCompiler(['keys']).question(source);
  assert.ok('expression' in result);
  return result.expression;
}

describe('compilation', () => {
  it('names the facts and variables of an expression, each once, in reading order', () => {
    const { facts, settings, text } = compiled(
      '"vpn" in raised &&\n  has(app.category) || device.locked && weight < 5 &&   !has(app.category)',
    );
    assert.deepEqual(facts, ['app.category', 'device.locked']);
    assert.deepEqual(settings, ['raised', 'weight']);
    assert.equal(text, '"vpn" in raised && has(app.category) || device.locked && weight < 5 && !has(app.category)');
  });

  it('refuses what is no question', () => {
    for (const source of ['1', 'app.id', 'evidence', 'device.sdk - 1', '"a"'])
      assert.equal(faults(source).length, 1, source);
  });

  it('refuses operands of the wrong type, at their place', () => {
    assert.deepEqual(
      faults('device.locked && device.sdk >= "30"').map(({ at }) => at),
      [17],
    );
    assert.deepEqual(faults('device.locked && app.id').map(({ at }) => at).length, 1);
    assert.equal(faults('2 in evidence').length, 1);
    assert.equal(faults('versionAtLeast(device.sdk, "3")').length, 1);
    assert.equal(faults('device.sdk in ["a", 1]').length, 1);
  });

  it('refuses broken texts, at their place', () => {
    assert.deepEqual(
      faults('device.locked &&').map(({ at }) => at),
      [16],
    );
    for (const source of [
      '',
      '   ',
      '(',
      'a b',
      '"open',
      '&&',
      'device.',
      '𝒶',
      'app.id == "\ud800"',
      '\u0000',
      'has()',
      'has(app.id, app.id)',
    ]) {
      assert.ok(faults(source).length > 0, JSON.stringify(source));
    }
  });

  it('bounds the size of an expression in every direction', () => {
    const terms = (count: number) => Array(count).fill('device.locked').join(' && ');
    for (const source of [
      '!'.repeat(100_000),
      `${'!'.repeat(4000)}device.locked`,
      `${'('.repeat(2000)}device.locked${')'.repeat(2000)}`,
      `${'-'.repeat(3000)}1 == 1`,
      `device.model in [${Array(65).fill('"a"').join(', ')}]`,
      terms(300),
      `${'device.locked ? '.repeat(100)}true${' : false'.repeat(100)}`,
      `app.id == "${'x'.repeat(4096)}"`,
    ]) {
      assert.ok(faults(source).length > 0, source.slice(0, 40));
    }
    assert.equal(faults(`device.model in [${Array(64).fill('"a"').join(', ')}]`).length, 0);
  });

  it('compiles long chains as they are written', () => {
    for (const source of [
      Array(120).fill('device.locked').join(' && '),
      `app.id == ${Array(120).fill('"a"').join(' + ')}`,
      `device.sdk == ${Array(120).fill('1').join(' - ')}`,
    ]) {
      assert.deepEqual(faults(source), []);
    }
  });

  it('keeps to whole numbers of 64 bits', () => {
    assert.equal(faults('device.sdk < 9223372036854775807').length, 0);
    for (const source of [
      'device.sdk < 9223372036854775808',
      'device.sdk < 99999999999999999999999',
      'device.sdk < 1e3',
    ]) {
      assert.equal(faults(source).length, 1, source);
    }
  });

  it('gives equal parts one slot, however they are written', () => {
    const compiler = createCompiler([]);
    for (const source of [
      'platform == "ios" && device.locked',
      'platform=="ios"&&device.locked',
      '(platform == "ios") && (device.locked)',
      "platform == 'ios' && device.locked",
      '!(platform == "ios" && device.locked)',
    ]) {
      assert.ok('expression' in compiler.question(source));
    }
    // Two parts, their conjunction and its negation.
    assert.equal(compiler.slots(), 4);
  });

  it('reads texts, numbers and bools for annotations, and nothing else', () => {
    const compiler = createCompiler([]);
    for (const source of [
      'app.category',
      'size(raised)',
      'device.locked',
      'app.id + "!"',
      'platform == "ios" ? "a" : "b"',
    ]) {
      assert.ok('expression' in compiler.value(source), source);
    }
    for (const source of ['raised', '["a"]', 'has(app.id)', 'has(app.id) ? "a" : "b"', 'device']) {
      assert.ok('faults' in compiler.value(source), source);
    }
  });

  it('answers every text with an expression or with faults inside of it', () => {
    const words = fc.constantFrom(
      ...['device.locked', 'platform', '"ios"', '==', '&&', '||', '!', '(', ')', 'has(', 'in', '[', ']', '1', '.', ','],
      ...[
        'raised',
        '?',
        ':',
        'e',
        '.exists(',
        'matches',
        '"',
        "'",
        '\\',
        '\n',
        '-',
        '\u2028',
        '💥',
        '__proto__',
        'now',
        '<',
      ],
    );
    fc.assert(
      fc.property(fc.array(words, { maxLength: 14 }), (parts) => {
        const source = parts.join(' ');
        for (const { at } of faults(source)) assert.ok(at >= 0 && at <= source.length, source);
      }),
      { seed: 5, numRuns: 300 },
    );
  });
});
