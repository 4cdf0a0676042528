import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  addProblem,
  booleanAttribute,
  checkForm,
  childrenNamed,
  type NscReader,
  onlyChild,
  present,
} from '../../src/android/nsc-reader.ts';
import { placesIn } from '../../src/xml/place.ts';
import { parseXml } from '../../src/xml/read.ts';

const readerOf = (build?: 'debug'): NscReader => ({
  placeOf: placesIn('n.xml'),
  problems: [],
  domains: new Map(),
  ...(build === undefined ? {} : { build }),
});

const codesOf = ({ problems }: NscReader) => problems.map(({ code }) => code);

describe('checkForm', () => {
  it('finds attributes of the three scopes by local name, others only outside any namespace', () => {
    const reader = readerOf();
    const xmlns = 'xmlns:android="urn:a"';
    checkForm(parseXml('n.xml', `<base-config ${xmlns} android:hstsEnforced="true"/>`), 'base-config', reader);
    assert.deepEqual(codesOf(reader), []);
    checkForm(parseXml('n.xml', `<pin ${xmlns} android:digest="SHA-256"/>`), 'pin', reader);
    assert.deepEqual(codesOf(reader), ['unknown_attribute']);
  });

  it('does not take members of every object for elements', () => {
    const reader = readerOf();
    checkForm(parseXml('n.xml', '<pin-set><constructor/><toString/></pin-set>'), 'pin-set', reader);
    assert.deepEqual(codesOf(reader), ['unknown_element', 'unknown_element']);
  });
});

it('addProblem marks what only debuggable builds read', () => {
  const [release, debug] = [readerOf(), readerOf('debug')];
  const place = { file: 'n.xml', line: 1, column: 1 };
  for (const reader of [release, debug]) addProblem(reader, 'crash', 'code', 'message', place);
  assert.deepEqual([release.problems[0]?.build, debug.problems[0]?.build], [undefined, 'debug']);
});

it('onlyChild is the first, and says each further one', () => {
  const reader = readerOf();
  const root = parseXml('n.xml', '<domain-config><pin-set expiration="1"/><pin-set/><pin-set/></domain-config>');
  assert.equal(onlyChild(root, 'pin-set', 'two', reader)?.attributes.length, 1);
  assert.deepEqual(codesOf(reader), ['two', 'two']);
  assert.equal(onlyChild(root, 'domain', 'two', reader), undefined);
  assert.equal(childrenNamed(root, 'pin-set').length, 3);
});

it('booleanAttribute keeps text that is no boolean, and says so', () => {
  const reader = readerOf();
  assert.equal(booleanAttribute(parseXml('n.xml', '<a b="yes"/>'), 'b', reader)?.text, 'yes');
  assert.equal(booleanAttribute(parseXml('n.xml', '<a b="false"/>'), 'b', reader)?.text, 'false');
  assert.equal(booleanAttribute(parseXml('n.xml', '<a/>'), 'b', reader), undefined);
  assert.deepEqual(codesOf(reader), ['not_boolean']);
});

it('present leaves out what is undefined', () => {
  assert.deepEqual(Object.keys(present<{ a: number; b?: number }>({ a: 0, b: undefined })), ['a']);
});
