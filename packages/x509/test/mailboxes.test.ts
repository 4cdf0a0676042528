import assert from 'node:assert/strict';
import { it } from 'node:test';
import { normalMailbox } from '../src/mailboxes.ts';

it('a mailbox keeps the case of its local part alone', () => {
  assert.equal(normalMailbox('Foo.Bar@Example.TEST'), 'Foo.Bar@example.test');
  assert.equal(normalMailbox('*@example.test'), '*@example.test');
});

for (const text of [
  '',
  'foo',
  '@example.test',
  'foo@',
  'a@b@example.test',
  '"a"@example.test',
  'a b@example.test',
  'a@b_c',
]) {
  it(`"${text}" is no mailbox`, () => assert.equal(normalMailbox(text), undefined));
}
