import assert from 'node:assert/strict';
import { it } from 'node:test';
import { plain, showName } from '../../src/analysis/names.ts';

it('shows what could turn a line around as what it is', () => {
  assert.equal(plain('a\u202Eb\u0007\nc'), 'a\\u{202e}b\\u{7}\\u{a}c');
});

it('shows the attributes of a name in their order, unknown ones by their OID', () => {
  const attributes = [
    { oid: '2.5.4.6', value: 'US' },
    { oid: '1.2.3', value: 'x' },
    { oid: '2.5.4.3', value: 'a\u202Eb' },
  ];
  assert.equal(showName({ raw: new Uint8Array(), rdns: [], attributes }), 'C=US, 1.2.3=x, CN=a\\u{202e}b');
});
