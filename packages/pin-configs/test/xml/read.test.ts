import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { XmlPlace } from '@assay/formats';
import fc from 'fast-check';
import { UnreadableFile } from '../../src/unreadable.ts';
import { parseXml } from '../../src/xml/read.ts';

const read = (text: string) => parseXml('a.xml', text);

const refused = (code: string, line: number, column: number) => (error: unknown) => {
  assert(error instanceof UnreadableFile);
  assert.equal(error.code, code);
  assert.deepEqual(error.place, { file: 'a.xml', line, column });
  return true;
};

const cut = (text: string, { start, end }: XmlPlace) => text.slice(start, end);

describe('parseXml', () => {
  it('says where elements, their text and the values of attributes stand', () => {
    const text = '<?xml version="1.0"?>\n<a>\n  <b one = "1" two=\'&lt;2\'> x <c/>y</b>\n</a>';
    const [b] = read(text).children;
    assert(b !== undefined);
    const [one, two] = b.attributes;
    assert(one !== undefined && two !== undefined && b.textAt !== undefined);
    assert.deepEqual([one.value, two.value, b.text], ['1', '<2', ' x y']);
    assert.deepEqual([cut(text, one.at), cut(text, two.at), cut(text, b.textAt)], ['1', '&lt;2', ' x <c/>y']);
    assert.equal(cut(text, b.at), '<b one = "1" two=\'&lt;2\'> x <c/>y</b>');
    assert.deepEqual([b.at.line, b.at.column, two.at.line, two.at.column], [3, 3, 3, 21]);
  });

  it('keeps places behind characters beyond the basic plane and behind carriage returns', () => {
    const text = '<a t="\u{1F600}">\r\n<!-- \u{1F600} -->\r\n  <b u="v"/></a>';
    const at = read(text).children[0]?.attributes[0]?.at;
    assert(at !== undefined);
    assert.equal(cut(text, at), 'v');
    assert.deepEqual([at.line, at.column], [3, 9]);
  });

  it('ends a line once, however the file ends its lines', () => {
    const lines = ['x\ny', 'x\r\ny', 'x\ry'].map((text) =>
      read(`<a>${text}</a>`)
        .text.split('\n')
        .map((line) => line.trim()),
    );
    assert.deepEqual(lines, [
      ['x', 'y'],
      ['x', 'y'],
      ['x', 'y'],
    ]);
  });

  it('resolves prefixes, and drops their declarations', () => {
    const root = read('<a xmlns="urn:d" xmlns:p="urn:p" p:x="1" x="2"><p:b xmlns:p="urn:q" p:y="3"/></a>');
    assert.deepEqual(
      root.attributes.map(({ name, namespace }) => [name, namespace]),
      [
        ['x', 'urn:p'],
        ['x', undefined],
      ],
    );
    const [b] = root.children;
    assert.deepEqual([root.namespace, b?.namespace, b?.attributes[0]?.namespace], ['urn:d', 'urn:q', 'urn:q']);
  });

  it('takes CDATA for text and looks for no tags in it, in comments or in instructions', () => {
    assert.equal(read('<a><!-- <b> --><?x <b> ?><![CDATA[<b>]]></a>').text, '<b>');
  });

  it('says when a comment or an element divides the text', () => {
    const divided = (inner: string) => read(`<a>${inner}</a>`).isDivided === true;
    for (const inner of ['x<!-- -->y', 'x<b/>y', 'x<![CDATA[y]]><!-- -->z']) assert(divided(inner), inner);
    for (const inner of ['x', ' <!-- -->x<!-- --> ', 'x<?y?>z', 'x<![CDATA[y]]>z', '<b/>'])
      assert(!divided(inner), inner);
  });

  it('refuses what is not well-formed, and says where', () => {
    const unreadable = 'pin_configs.unreadable';
    assert.throws(() => read(''), refused(unreadable, 1, 1));
    assert.throws(() => read('<a>\n  <b></a>'), refused(unreadable, 2, 6));
    assert.throws(() => read('<a>\u{1F600}&bad;</a>'), refused(unreadable, 1, 6));
    assert.throws(() => read('<a b="1" b="2"/>'), refused(unreadable, 1, 15));
    assert.throws(() => read('<a xmlns:p="u" xmlns:q="u" p:b="1" q:b="2"/>'), refused(unreadable, 1, 41));
    assert.throws(() => read('<a p:b="1"/>'), refused(unreadable, 1, 9));
    assert.throws(() => read('<!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>'), refused(unreadable, 1, 1));
  });

  it('reads the document type of a property list', () => {
    const text = '<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://a.example/[<!--">\n<plist/>';
    assert.equal(read(text).name, 'plist');
  });

  it('never throws anything but UnreadableFile', () => {
    const parts = [
      '<a>',
      '</a>',
      '<b c="',
      '"',
      "'",
      '/>',
      '<',
      '>',
      '&amp;',
      '&#x0;',
      '<!--',
      '-->',
      '<![CDATA[',
      ']]>',
    ];
    const more = [
      '<!DOCTYPE a',
      '[',
      ']',
      '<?x ',
      '?>',
      ' xmlns:p="u"',
      ' p:q="r"',
      '\r',
      '\n',
      '\u{1F600}',
      '\ud800',
      'x',
      ' ',
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...parts, ...more), { maxLength: 24 }), (pieces) => {
        try {
          read(`<a>${pieces.join('')}</a>`);
        } catch (error) {
          assert(error instanceof UnreadableFile, String(error));
        }
      }),
      { seed: 11, numRuns: 3000 },
    );
  });
});
