import assert from 'node:assert/strict';
import { it } from 'node:test';
import { DerReader, der } from '@assay/formats';
import { readNameConstraints } from '../../src/extensions/name-constraints.ts';
import { fault } from '../support/chain.ts';
import { ext, name } from '../support/mint.ts';

const read = (bytes: Uint8Array) => readNameConstraints(DerReader.of(bytes));

it('name constraints hold subtrees of either kind', () => {
  const constraints = read(ext.nameConstraints([name.dns('a.test')], [name.dns('b.test'), name.dns('c.test')]).value);
  assert.deepEqual(constraints.permitted, [{ kind: 'dns', value: 'a.test' }]);
  assert.equal(constraints.excluded.length, 2);
});

it('name constraints without a subtree are refused', () => {
  assert.throws(() => read(der.sequence()), fault('x509.extension_malformed'));
  assert.throws(() => read(der.sequence(der.explicit(0))), { code: 'der.element_missing' });
  assert.throws(() => read(der.sequence(der.raw(0x80, Uint8Array.of()))), { code: 'der.trailing_bytes' });
});

it('a subtree has neither minimum nor maximum', () => {
  for (const tag of [0x80, 0x81]) {
    const subtree = der.sequence(name.dns('a.test'), der.raw(tag, Uint8Array.of(1)));
    assert.throws(() => read(der.sequence(der.explicit(0, subtree))), { code: 'der.trailing_bytes' });
  }
});
