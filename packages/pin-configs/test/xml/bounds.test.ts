import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { UnreadableFile } from '../../src/unreadable.ts';
import { XML_LIMITS } from '../../src/xml/bounds.ts';
import { parseXml } from '../../src/xml/read.ts';

const nested = (depth: number) => `${'<a>'.repeat(depth)}${'</a>'.repeat(depth)}`;

const isTooLarge = (error: unknown) => error instanceof UnreadableFile && error.code === 'pin_configs.too_large';

describe('assertBounded', () => {
  it('counts depth, elements and length, each up to its bound', () => {
    const { depth, elements, length } = XML_LIMITS;
    assert.equal(parseXml('a.xml', nested(depth)).name, 'a');
    assert.throws(() => parseXml('a.xml', nested(depth + 1)), isTooLarge);
    assert.equal(parseXml('a.xml', `<a>${'<b/>'.repeat(elements - 1)}</a>`).children.length, elements - 1);
    assert.throws(() => parseXml('a.xml', `<a>${'<b/>'.repeat(elements)}</a>`), isTooLarge);
    assert.throws(() => parseXml('a.xml', `<a>${' '.repeat(length)}</a>`), isTooLarge);
  });

  it('is not misled by quotes, comments, instructions or a document type', () => {
    const deep = nested(100_000);
    for (const hidden of [`<a b="'>${deep}`, `<!DOCTYPE a "<!--">${deep}`, `<?x "?>${deep}`, `<!-->-->${deep}`]) {
      assert.throws(() => parseXml('a.xml', hidden), UnreadableFile);
    }
    const harmless = `<a b='>${'<c>'}'><!-- ${'<c>'.repeat(100)} --></a>`;
    assert.throws(() => parseXml('a.xml', harmless), UnreadableFile);
    assert.equal(parseXml('a.xml', `<a b='>'><!-- ${'<c>'.repeat(100)} --></a>`).name, 'a');
  });

  it('reads a whole mebibyte of carriage returns', () => {
    const text = `<a>${'\r\n'.repeat(XML_LIMITS.length / 2 - 8)}</a>`;
    assert.equal(parseXml('a.xml', text).text.trim(), '');
  });
});
