import assert from 'node:assert/strict';
import { it } from 'node:test';
import { UnreadableFile } from '../src/unreadable.ts';

it('is a fault of the request, with a place', () => {
  const error = new UnreadableFile('not XML', { file: 'a.xml', line: 2, column: 3 });
  assert.deepEqual(
    [error.family, error.code, error.message],
    ['request', 'pin_configs.unreadable', 'a.xml:2:3: not XML'],
  );
  assert.equal(error.place.line, 2);
});
