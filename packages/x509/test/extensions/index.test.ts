import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { DerReader, der } from '@assay/formats';
import { decodeKnown, readExtensions } from '../../src/extensions/index.ts';
import { OID } from '../../src/oids.ts';
import { fault } from '../support/chain.ts';
import { ext, extensionDer } from '../support/mint.ts';

const read = (...extensions: Uint8Array[]) =>
  readExtensions(DerReader.of(new Uint8Array(Buffer.concat(extensions))), false);

describe('readExtensions', () => {
  it('keeps every extension raw, known or not', () => {
    const extensions = read(
      extensionDer('1.2.3', { value: Uint8Array.of(1, 2) }),
      extensionDer(OID.keyUsage, ext.keyUsage(0)),
    );
    assert.deepEqual(extensions.get('1.2.3'), { oid: '1.2.3', critical: false, value: Uint8Array.of(1, 2) });
    assert.equal(extensions.get(OID.keyUsage)?.critical, true);
  });

  it('refuses an empty list, the same one twice, and fields behind the value', () => {
    assert.throws(() => read(), { code: 'der.element_missing' });
    const one = extensionDer('1.2.3', { value: Uint8Array.of() });
    assert.throws(() => read(one, one), fault('x509.extension_duplicate'));
    const long = der.sequence(der.oid('1.2.3'), der.octets(Uint8Array.of()), der.null());
    assert.throws(() => read(long), { code: 'der.trailing_bytes' });
  });
});

describe('decodeKnown', () => {
  it('leaves what is absent undefined', () => {
    const values = Object.values(decodeKnown(new Map(), false));
    assert.equal(values.length, 8);
    assert.ok(values.every((value) => value === undefined));
  });

  for (const oid of [
    OID.basicConstraints,
    OID.keyUsage,
    OID.extKeyUsage,
    OID.subjectAltName,
    OID.nameConstraints,
    OID.subjectKeyIdentifier,
    OID.authorityKeyIdentifier,
    OID.authorityInfoAccess,
  ]) {
    it(`refuses ${oid} with another type inside, and with bytes behind`, () => {
      assert.throws(() => decodeKnown(read(extensionDer(oid, { value: der.boolean(true) })), false), {
        code: 'der.unexpected_tag',
      });
    });
  }

  it('reads a value to its end', () => {
    const value = Uint8Array.of(...ext.basicConstraints(true).value, ...der.null());
    assert.throws(() => decodeKnown(read(extensionDer(OID.basicConstraints, { value })), false), {
      code: 'der.trailing_bytes',
    });
  });
});
