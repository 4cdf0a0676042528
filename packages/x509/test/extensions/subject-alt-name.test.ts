import assert from 'node:assert/strict';
import { it } from 'node:test';
import { DerReader, der } from '@assay/formats';
import { readSubjectAltNames } from '../../src/extensions/subject-alt-name.ts';
import { ext, name } from '../support/mint.ts';

it('alternative names are one or more', () => {
  const two = ext.names(name.dns('a.test'), name.dns('b.test'));
  assert.equal(readSubjectAltNames(DerReader.of(two.value)).length, 2);
  assert.throws(() => readSubjectAltNames(DerReader.of(der.sequence())), { code: 'der.element_missing' });
});
