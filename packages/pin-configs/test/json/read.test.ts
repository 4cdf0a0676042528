import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { entryOf } from '../../src/data/value.ts';
import { parseJson } from '../../src/json/read.ts';
import { UnreadableFile } from '../../src/unreadable.ts';
import { bare } from '../support/plists.ts';

const codeOf = (text: string, tolerant = false) => {
  try {
    parseJson('f.json', text, { tolerant });
    return undefined;
  } catch (error) {
    if (error instanceof UnreadableFile) return error.code;
    throw error;
  }
};

describe('JSON with places', () => {
  it('is read as JSON.parse reads it', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        const expected = JSON.parse(JSON.stringify(value), (_, each) => (each === null ? 'other' : each));
        assert.deepEqual(bare(parseJson('f', JSON.stringify(value, null, 1))), expected);
      }),
      { numRuns: 200, seed: 5 },
    );
  });

  it('says where keys and values stand, quotes left out', () => {
    const entry = entryOf(parseJson('f', '{\n  "a": "b"\n}'), 'a');
    assert.deepEqual(entry?.key.place, { file: 'f', line: 2, column: 4, endLine: 2, endColumn: 5 });
    assert.deepEqual(entry?.value.place, { file: 'f', line: 2, column: 9, endLine: 2, endColumn: 10 });
  });

  it('has comments and trailing commas only where they are allowed', () => {
    const text = '{ "a": [1, 2,], // why\n}';
    assert.equal(codeOf(text), 'pin_configs.unreadable');
    assert.equal(codeOf(text, true), undefined);
  });

  it('names the place of the fault', () => {
    assert.throws(
      () => parseJson('f', '{\n  "a" 1 }'),
      (error) => error instanceof UnreadableFile && error.place.line === 2,
    );
  });

  it('is refused when it is empty, too deep or too long', () => {
    assert.equal(codeOf(''), 'pin_configs.unreadable');
    assert.equal(codeOf('['.repeat(100_000)), 'pin_configs.too_large');
    assert.equal(codeOf(`{"a":`.repeat(65)), 'pin_configs.too_large');
    assert.equal(codeOf(`"${'x'.repeat(1 << 20)}"`), 'pin_configs.too_large');
  });

  it('takes brackets inside of texts for text', () => {
    assert.equal(codeOf(JSON.stringify({ a: '['.repeat(500) })), undefined);
  });

  it('takes a string that never ends for an error at once, and no bracket in a string for depth', () => {
    assert.equal(codeOf(`{"a": "${'\\"'.repeat(500_000)}`), 'pin_configs.unreadable');
    assert.equal(codeOf(JSON.stringify({ a: `\\"${'['.repeat(100)}` })), undefined);
    assert.equal(codeOf(`${'['.repeat(100)}${']'.repeat(100)}`), 'pin_configs.too_large');
  });
});
