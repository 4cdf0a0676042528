import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { toJunit } from '../../src/index.ts';
import { parseXml } from '../../src/xml/read.ts';
import { finding, ruleOf } from '../support/findings.ts';

describe('a JUnit report', () => {
  const rules = [ruleOf('P001'), ruleOf('P002')];

  it('has a case for each rule, which fails with its findings', () => {
    const [suite] = parseXml('r.xml', toJunit([finding(), finding({ line: 9 })], rules)).children;
    const [failed, passed] = suite?.children ?? [];
    assert.equal(failed?.children[0]?.text.split('\n').length, 2);
    assert.deepEqual(passed?.children, []);
    const counts = suite?.attributes.filter(({ name }) => name !== 'name').map(({ value }) => value);
    assert.deepEqual(counts, ['2', '1', '0']);
  });

  it('stays well formed whatever the text', () => {
    const hostile = finding({ message: '</failure>]]>&\u0000\u001b[31m<a b="\uD800">' });
    const report = parseXml('r.xml', toJunit([hostile], rules));
    const text = report.children[0]?.children[0]?.children[0]?.text ?? '';
    assert.ok(text.includes('</failure>]]>&\uFFFD\uFFFD[31m<a b="\uFFFD">'), text);
  });
});
