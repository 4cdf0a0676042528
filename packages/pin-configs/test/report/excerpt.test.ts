import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { excerptOf } from '../../src/index.ts';

const at = (line: number, column: number, endColumn?: number) => ({
  ...{ file: 'f', line, column },
  ...(endColumn === undefined ? {} : { endLine: line, endColumn }),
});

describe('an excerpt', () => {
  it('marks the place', () => {
    assert.deepEqual(excerptOf('a\r\n  <pin>x</pin>\r\n', at(2, 8, 9)), ['  <pin>x</pin>', '       ^']);
  });

  it('shows the neighbourhood of a place in a very long line', () => {
    const [line = '', marker = ''] = excerptOf(`${'x'.repeat(5000)}HERE${'y'.repeat(5000)}`, at(1, 5001, 5005));
    assert.ok(line.length <= 100);
    assert.equal(line.slice(marker.indexOf('^'), marker.indexOf('^') + marker.trim().length), 'HERE');
  });

  it('marks no more than it shows', () => {
    const [line = '', marker = ''] = excerptOf('x'.repeat(1000), at(1, 5, 900));
    assert.ok(marker.length <= line.length);
  });

  it('shows the line alone when there is no column, and nothing when there is no line', () => {
    assert.deepEqual(excerptOf('a\nb', at(2, 0)), ['b']);
    assert.deepEqual(
      [excerptOf('a', at(0, 0)), excerptOf('a', at(9, 1)), excerptOf(undefined, at(1, 1))],
      [[], [], []],
    );
  });
});
