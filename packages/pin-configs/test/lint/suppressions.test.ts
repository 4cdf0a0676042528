import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readDocuments } from '../../src/index.ts';
import { createSuppressions } from '../../src/lint/suppressions.ts';
import { documentOf, finding, projectOf } from '../support/findings.ts';

const NSC = `<network-security-config xmlns:tools="http://schemas.android.com/tools">
  <domain-config tools:ignore="MissingBackupPin,PinSetExpiry">
    <domain>api.example.com</domain>
    <pin-set>
      <pin digest="SHA-256">r/mIkG3eEpVdm+u/ko/cwxzOMo1bk4TyHIlByibiA5E=</pin>
    </pin-set>
  </domain-config>
  <base-config/>
</network-security-config>
`;

describe('suppressions', () => {
  const covers = (text: string, rule: string, line: number) =>
    createSuppressions(projectOf(documentOf('f', text))).covers(
      finding({ rule, place: { file: 'f', line, column: 1 } }),
    );

  it('hold for their own line and the next', () => {
    const text = 'a\nb # assay-ignore P001, C002: because\nc\nd';
    const answers = [1, 2, 3, 4].map((line) => covers(text, 'C002', line));
    assert.deepEqual(answers, [false, true, true, false]);
    assert.equal(covers(text, 'P002', 2), false);
  });

  it('hold for a whole file when they say so', () => {
    assert.ok(covers('<!-- assay-ignore-file N004: test app -->\n\n\n', 'N004', 3));
    assert.equal(covers('<!-- assay-ignore-files N004 -->\n\n\n', 'N004', 3), false);
  });

  it('do not hold for another file', () => {
    const { covers: ask } = createSuppressions(projectOf(documentOf('f', '// assay-ignore-file P001: x')));
    assert.equal(ask(finding({ rule: 'P001' })), false);
  });

  it('read tools:ignore of Android as the rules that it means, within its element', () => {
    const [document] = readDocuments('res/xml/network_security_config.xml', new TextEncoder().encode(NSC));
    assert.ok(document);
    const { covers: ask } = createSuppressions(projectOf(document));
    const on = (rule: string, line: number) => ask(finding({ rule, place: { file: document.file, line, column: 1 } }));
    assert.deepEqual([on('P001', 5), on('E001', 4), on('N004', 5), on('P001', 8)], [true, true, false, false]);
  });

  it('take no time on a file of nothing but beginnings', () => {
    assert.equal(covers('assay-ignore '.repeat(100_000), 'P001', 1), false);
  });

  it('are read in time by the length of the text', () => {
    const many = 'assay-ignore P001\n'.repeat(50_000);
    assert.ok(covers(many, 'P001', 50_000));
    const attributes = Array.from({ length: 130_000 }, (_, index) => `a${index.toString(36)}=""`).join(' ');
    const text = `<network-security-config xmlns:tools="http://schemas.android.com/tools" tools:ignore="MissingBackupPin" ${attributes}/>`;
    assert.ok(text.length > 2 ** 20 || covers(text, 'P001', 1));
  });
});
