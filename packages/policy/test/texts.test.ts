import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createTexts, type PathFault } from '../src/texts.ts';

describe('the expressions of a document', () => {
  it('are gathered into one program', () => {
    const faults: PathFault[] = [];
    const texts = createTexts({ keys: ['a'] }, faults);
    texts.question('platform == "ios" && device.bootKey in lists.keys', '$.a');
    const claims = texts.question('platform == "ios"', '$.b');
    texts.value('weight', '$.c');
    const { slots, columns, variables, asksWeight, claimed } = texts.program([claims]);
    assert.deepEqual(faults, []);
    assert.deepEqual([slots, asksWeight], [3, true]);
    assert.deepEqual(
      columns.map(({ name }) => name),
      ['platform', 'device_bootKey'],
    );
    assert.deepEqual(
      claimed?.columns.map(({ name }) => name),
      ['platform'],
    );
    assert.equal(texts.program([]).claimed, undefined);
    assert.deepEqual([variables['lists_keys'], claimed?.variables['lists_keys']], [['a'], ['a']]);
  });

  it('never hold where they are faulty, and say where they are', () => {
    const faults: PathFault[] = [];
    const texts = createTexts({}, faults);
    assert.equal(texts.question('true || nope', '$.a').text, 'false');
    assert.equal(texts.value('nope', '$.b').run({}), undefined);
    assert.deepEqual(
      faults.map(({ path, at }) => [path, at]),
      [
        ['$.a', 8],
        ['$.b', 0],
      ],
    );
  });
});
