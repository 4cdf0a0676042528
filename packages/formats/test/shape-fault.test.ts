import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { misfit, raising, ShapeError, together } from '@assay/formats/shape';

describe('raising', () => {
  it('gives what was read, or the error that the caller makes of the faults', () => {
    const toError = ({ message }: ShapeError) => new RangeError(message);
    assert.equal(
      raising(() => 1, toError),
      1,
    );
    assert.throws(() => raising(() => misfit('$.a', 'a word'), toError), {
      name: 'RangeError',
      message: '$.a: a word',
    });
  });

  it('leaves other errors alone', () => {
    const crash = () =>
      raising(
        () => assert.fail('a crash'),
        () => new RangeError(),
      );
    assert.throws(crash, assert.AssertionError);
  });
});

describe('together', () => {
  it('gives all results, or all faults', () => {
    assert.deepEqual(together([() => 1, () => 2]), [1, 2]);
    const steps = [() => misfit('$.a', 'x'), () => 1, () => misfit('$.b', 'y')];
    assert.throws(() => together(steps), { name: 'ShapeError', message: '$.a: x; $.b: y' });
    assert.throws(() => together([() => misfit('$', 'x'), () => assert.fail('a crash')]), assert.AssertionError);
  });
});

it('names eight faults and counts the rest', () => {
  const faults = Array.from({ length: 11 }, (_, at) => ({ path: `$[${at}]`, expected: 'x' }));
  const { message } = new ShapeError(faults);
  assert.ok(message.startsWith('$[0]: x; ') && message.endsWith('$[7]: x; and 3 more'));
});
