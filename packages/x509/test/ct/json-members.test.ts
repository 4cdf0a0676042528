import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ConfigError } from '@assay/core';
import { bytesOf, listOf, objectOf, textOf, timeOf } from '../../src/ct/json-members.ts';
import { fault } from '../support/chain.ts';

describe('members of a list of logs', () => {
  it('are read as what they are', () => {
    assert.deepEqual(objectOf({ a: 1 }, 'here'), { a: 1 });
    assert.deepEqual(listOf([1], 'here'), [1]);
    assert.equal(textOf('text', 'here'), 'text');
    assert.deepEqual([...bytesOf('AQI=', 'here')], [1, 2]);
    assert.equal(timeOf('2025-01-01T00:00:00Z', 'here'), Date.UTC(2025, 0));
  });

  it('name their place', () => {
    assert.throws(
      () => textOf(1, 'here'),
      (error) => error instanceof ConfigError && error.detail.found === 'here',
    );
  });

  for (const read of [objectOf, listOf, textOf, bytesOf, timeOf]) {
    it(`are refused by their place when they are something else: ${read.name}`, () => {
      for (const value of [undefined, null, true, 0, '', read === objectOf ? [] : {}]) {
        assert.throws(() => read(value, 'here'), fault('ct.log_list_malformed'));
      }
    });
  }
});
