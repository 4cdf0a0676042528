import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { DerReader, der } from '@assay/formats';
import { attributeValues, isEmptyName, isWithinName, type Name, nameText, readName, sameName } from '../src/names.ts';

type Rdn = readonly (readonly [string, string])[];

function nameOf(...rdns: readonly Rdn[]): Name {
  const sets = rdns.map((rdn) => der.set(...rdn.map(([oid, text]) => der.sequence(der.oid(oid), der.utf8(text)))));
  return readName(DerReader.of(der.sequence(...sets)));
}

const [COUNTRY, ORGANISATION, CN] = ['2.5.4.6', '2.5.4.10', '2.5.4.3'];
const acme = nameOf([[COUNTRY, 'DE']], [[ORGANISATION, 'Acme Works']]);

describe('names', () => {
  it('keep their attributes in order', () => {
    const name = nameOf([[CN, 'a']], [[CN, 'b']]);
    assert.deepEqual(attributeValues(name, CN), ['a', 'b']);
    assert.deepEqual(attributeValues(name, COUNTRY), []);
  });

  it('are the same only byte for byte', () => {
    assert.ok(sameName(acme.raw, nameOf([[COUNTRY, 'DE']], [[ORGANISATION, 'Acme Works']]).raw));
    assert.ok(!sameName(acme.raw, nameOf([[COUNTRY, 'DE']], [[ORGANISATION, 'acme works']]).raw));
  });

  it('are one line for people, by letters where there are some', () => {
    assert.equal(
      nameText(
        nameOf(
          [[COUNTRY, 'DE']],
          [
            [CN, 'a'],
            ['2.5.4.5', '7'],
          ],
        ),
      ),
      'C=DE, CN=a, 2.5.4.5=7',
    );
    assert.equal(nameText(nameOf()), '');
  });

  it('may be empty', () => {
    assert.ok(isEmptyName(nameOf()));
    assert.ok(!isEmptyName(acme));
  });

  it('refuse an RDN without attributes', () => {
    assert.throws(() => readName(DerReader.of(der.sequence(der.set()))), { code: 'der.element_missing' });
  });
});

describe('isWithinName', () => {
  it('holds for names that continue the base', () => {
    assert.ok(isWithinName(nameOf([[COUNTRY, 'DE']], [[ORGANISATION, 'Acme Works']], [[CN, 'x']]), acme));
    assert.ok(isWithinName(acme, acme));
    assert.ok(isWithinName(acme, nameOf()));
  });

  it('ignores case, white space and the order inside an RDN', () => {
    assert.ok(isWithinName(nameOf([[COUNTRY, 'de']], [[ORGANISATION, ' ACME  works']]), acme));
    const [one, two] = [['2.5.4.3', 'b'] as const, ['2.5.4.5', 'a'] as const];
    assert.ok(isWithinName(nameOf([one, two]), nameOf([two, one])));
  });

  it('fails for shorter names, other values and other types', () => {
    assert.ok(!isWithinName(nameOf([[COUNTRY, 'DE']]), acme));
    assert.ok(!isWithinName(nameOf([[COUNTRY, 'DE']], [[ORGANISATION, 'Acme']]), acme));
    assert.ok(!isWithinName(nameOf([[COUNTRY, 'DE']], [[CN, 'Acme Works']]), acme));
  });
});
