import assert from 'node:assert/strict';
import { it } from 'node:test';
import { DerReader, der } from '@assay/formats';
import { readAuthorityInfoAccess } from '../../src/extensions/authority-info-access.ts';
import { name } from '../support/mint.ts';

const OCSP = '1.3.6.1.5.5.7.48.1';
const read = (...descriptions: Uint8Array[]) => readAuthorityInfoAccess(DerReader.of(der.sequence(...descriptions)));

it('information access lists one description or more', () => {
  const descriptions = read(der.sequence(der.oid(OCSP), name.dns('ocsp.test')));
  assert.deepEqual(descriptions, [{ method: OCSP, location: { kind: 'dns', value: 'ocsp.test' } }]);
  assert.throws(() => read(), { code: 'der.element_missing' });
});

it('a description is a method and a location', () => {
  assert.throws(() => read(der.sequence(der.oid(OCSP))), { code: 'der.element_missing' });
  const long = der.sequence(der.oid(OCSP), name.dns('ocsp.test'), der.null());
  assert.throws(() => read(long), { code: 'der.trailing_bytes' });
});
