import assert from 'node:assert/strict';
import { it } from 'node:test';
import { createPlacer } from '../../src/place.ts';
import { placesIn, spelledAttribute, spelledText } from '../../src/xml/place.ts';
import { parseXml } from '../../src/xml/read.ts';

const TEXT = '<a xmlns:t="u">\n <b t:c="0" c="1"> x</b></a>';

it('places have an end when there is a text to count in', () => {
  const [b] = parseXml('a.xml', TEXT).children;
  assert(b !== undefined);
  const placeOf = placesIn('a.xml', createPlacer('a.xml', TEXT));
  assert.deepEqual(spelledAttribute(b, 'c', placeOf), {
    text: '1',
    place: { file: 'a.xml', line: 2, column: 16, endLine: 2, endColumn: 17 },
  });
  assert.equal(spelledAttribute(b, 'd', placeOf), undefined);
  assert.deepEqual(spelledText(b, placesIn('a.xml')), { text: ' x', place: { file: 'a.xml', line: 2, column: 19 } });
});
