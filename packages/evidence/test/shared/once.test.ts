import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Once } from '../../src/shared/once.ts';

describe('Once', () => {
  it('is read after it was set', () => {
    const once = new Once<number | undefined>();
    once.value = undefined;
    assert.equal(once.value, undefined);
  });

  it('is neither read before nor set again', () => {
    const once = new Once<number>();
    assert.throws(() => once.value);
    once.value = 1;
    assert.throws(() => {
      once.value = 2;
    });
    assert.equal(once.value, 1);
  });
});
