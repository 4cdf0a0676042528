import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkTexts } from '../src/check-texts.ts';
import type { PathFault } from '../src/texts.ts';

function faults(document: unknown): string[] {
  const found: PathFault[] = [];
  checkTexts(document, found);
  return found.map(({ path, at }) => `${path} ${at}`);
}

describe('the expressions of a faulty document', () => {
  it('are looked at wherever they stand', () => {
    const document = {
      lists: { keys: 7, 'a-b': [] },
      rules: [{ when: 'nope', require: 'device.locked && nope' }, null, 'x', { require: 7 }],
      assurance: [{ when: 'device.bootKey in lists.keys && nope' }],
      annotations: [{ value: 'raised', when: 'app.id' }],
      bans: [{ when: '' }, { when: '1' }],
    };
    assert.deepEqual(faults(document), [
      '$.rules[0].when 0',
      '$.rules[0].require 17',
      '$.assurance[0].when 32',
      '$.annotations[0].value 0',
      '$.annotations[0].when 0',
      '$.bans[1].when 0',
    ]);
  });

  it('are not looked for in what is no document', () => {
    for (const document of [undefined, null, 1, 'x', [], { rules: {} }, { rules: 'device.nope' }, { lists: null }]) {
      assert.deepEqual(faults(document), []);
    }
  });
});
