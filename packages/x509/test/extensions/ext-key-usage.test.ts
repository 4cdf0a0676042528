import assert from 'node:assert/strict';
import { it } from 'node:test';
import { DerReader, der } from '@assay/formats';
import { readExtKeyUsage } from '../../src/extensions/ext-key-usage.ts';
import { ext } from '../support/mint.ts';

it('extended key usage lists one purpose or more', () => {
  assert.deepEqual(readExtKeyUsage(DerReader.of(ext.extKeyUsage('1.2.3', '1.2.4').value)), ['1.2.3', '1.2.4']);
  assert.throws(() => readExtKeyUsage(DerReader.of(der.sequence())), { code: 'der.element_missing' });
});
