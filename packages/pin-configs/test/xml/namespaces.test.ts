import assert from 'node:assert/strict';
import { it } from 'node:test';
import { expandName, isDeclaration, NO_PREFIXES, withDeclared } from '../../src/xml/namespaces.ts';

it('expands names by the prefixes in force', () => {
  const prefixes = withDeclared([{ name: 'xmlns:p', value: 'urn:p' }], NO_PREFIXES);
  assert.deepEqual(expandName('p:a', prefixes), { name: 'a', namespace: 'urn:p' });
  assert.deepEqual(expandName('a', prefixes), { name: 'a' });
  assert.deepEqual(expandName('a', prefixes, 'urn:d'), { name: 'a', namespace: 'urn:d' });
  assert.equal(expandName('q:a', prefixes), undefined);
  assert.equal(expandName('xml:lang', NO_PREFIXES)?.namespace, 'http://www.w3.org/XML/1998/namespace');
});

it('an inner declaration hides an outer one, and an empty default ends it', () => {
  const outer = withDeclared([{ name: 'xmlns', value: 'urn:d' }], NO_PREFIXES);
  const inner = withDeclared([{ name: 'xmlns', value: '' }], outer);
  assert.deepEqual(expandName('a', inner, inner.get('')), { name: 'a' });
  assert.equal(outer.get(''), 'urn:d');
  assert.equal(withDeclared([{ name: 'a', value: 'b' }], outer), outer);
});

it('tells declarations from attributes', () => {
  assert.deepEqual(['xmlns', 'xmlns:p', 'xmlnsp', 'p:xmlns'].map(isDeclaration), [true, true, false, false]);
});
