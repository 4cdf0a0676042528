import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { DerReader, der } from '@assay/formats';
import { readGeneralName, readGeneralNames } from '../src/general-names.ts';
import { fault } from './support/chain.ts';
import { commonName, name } from './support/mint.ts';

const read = (bytes: Uint8Array) => readGeneralName(DerReader.of(bytes), 'name');

describe('readGeneralName', () => {
  it('reads the forms that can be compared', () => {
    assert.deepEqual(read(name.dns('a.test')), { kind: 'dns', value: 'a.test' });
    assert.deepEqual(read(name.email('a@b.test')), { kind: 'email', value: 'a@b.test' });
    assert.deepEqual(read(name.ip(1, 2, 3, 4)), { kind: 'ip', value: Uint8Array.of(1, 2, 3, 4) });
    const directory = read(name.directory(commonName('x')));
    assert.equal(directory.kind === 'directory' && directory.value.attributes[0]?.value, 'x');
  });

  it('keeps the number of the others', () => {
    assert.deepEqual(read(name.uri('https://a.test')), { kind: 'unsupported', tag: 6 });
    assert.deepEqual(read(der.raw(0xa0, der.sequence())), { kind: 'unsupported', tag: 0 });
  });

  it('wants 4 or 16 octets in a name, 8 or 32 in a constraint', () => {
    assert.throws(() => read(name.ip(1, 2, 3, 4, 255, 255, 255, 0)), fault('x509.extension_malformed'));
    const constraint = (bytes: Uint8Array) => readGeneralName(DerReader.of(bytes), 'constraint');
    assert.doesNotThrow(() => constraint(name.ip(1, 2, 3, 4, 255, 255, 255, 0)));
    assert.throws(() => constraint(name.ip(1, 2, 3, 4)), fault('x509.extension_malformed'));
  });

  for (const text of ['é.test', 'a\0.test', 'a\n.test']) {
    it(`refuses ${JSON.stringify(text)}`, () =>
      assert.throws(() => read(name.dns(text)), fault('x509.extension_malformed')));
  }

  it('refuses what is no GeneralName', () => {
    assert.throws(() => read(der.integer(1)), fault('x509.extension_malformed'));
    assert.throws(() => read(der.raw(0x89, Uint8Array.of())), fault('x509.extension_malformed'));
  });

  it('reads a very long name without recursion', () => {
    assert.doesNotThrow(() => read(name.dns('a'.repeat(200_000))));
  });
});

it('a list of names holds one at least', () => {
  assert.throws(() => readGeneralNames(DerReader.of(Uint8Array.of())), { code: 'der.element_missing' });
});
