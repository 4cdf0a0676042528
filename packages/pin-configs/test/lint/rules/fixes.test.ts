import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { applyEdits, editsOf } from '../../../src/lint/edits.ts';
import { exampleProject } from '../../../src/lint/example.ts';
import { lint } from '../../../src/lint/lint.ts';
import type { ExampleFile, Rule } from '../../../src/lint/rule.ts';
import { rule as e005 } from '../../../src/lint/rules/e005-bad-date.ts';
import { rule as h003 } from '../../../src/lint/rules/h003-untidy-name.ts';
import { rule as p010 } from '../../../src/lint/rules/p010-wrong-prefix.ts';
import { rule as p012 } from '../../../src/lint/rules/p012-duplicate-pin.ts';
import {
  ats,
  atsDomain,
  domainConfig,
  KEY_1,
  KEY_2,
  nsc,
  nscPins,
  okHttp,
  pinnedDomains,
  pinSet,
  trustKit,
  trustKitExpiration,
} from '../../../src/lint/rules/support/examples.ts';

const findingsOf = (rule: Rule, files: readonly ExampleFile[]) =>
  lint(exampleProject(files), { rules: [rule] }).findings;

/** The first file with every edit made that the rule offers. */
function mended(rule: Rule, files: readonly ExampleFile[]): readonly ExampleFile[] {
  const edits = editsOf(findingsOf(rule, files));
  return files.map((file) => ({ ...file, text: applyEdits(file.text, edits.get(file.path) ?? []) }));
}

const ROWS: readonly (readonly [
  what: string,
  rule: Rule,
  before: readonly ExampleFile[],
  after: readonly ExampleFile[],
])[] = [
  ['a prefix that Android does not know', p010, nscPins([KEY_1, `sha256/${KEY_2}`]), nscPins([KEY_1, KEY_2])],
  ['a prefix of curl in TrustKit', p010, trustKit([KEY_1, `sha256//${KEY_2}`]), trustKit([KEY_1, KEY_2])],
  [
    'a prefix that OkHttp misses',
    p010,
    okHttp({ 'example.com': [`sha256/${KEY_1}`, KEY_2] }),
    okHttp({ 'example.com': [`sha256/${KEY_1}`, `sha256/${KEY_2}`] }),
  ],
  ['a second copy for Android', p012, nscPins([KEY_1, KEY_2, KEY_1]), nscPins([KEY_1, KEY_2])],
  ['a second copy in TrustKit', p012, trustKit([KEY_1, KEY_2, KEY_2]), trustKit([KEY_1, KEY_2])],
  [
    'a day with slashes',
    e005,
    nscPins([KEY_1, KEY_2], 'expiration="2027/9/1"'),
    nscPins([KEY_1, KEY_2], 'expiration="2027-09-01"'),
  ],
  [
    'a moment instead of a day',
    e005,
    trustKit([KEY_1, KEY_2], trustKitExpiration('2027-09-01T00:00:00Z')),
    trustKit([KEY_1, KEY_2], trustKitExpiration('2027-09-01')),
  ],
  [
    'a dot at the end of a name',
    h003,
    ats(pinnedDomains(atsDomain('example.com.', { ca: [KEY_1, KEY_2] }))),
    ats(pinnedDomains(atsDomain('example.com', { ca: [KEY_1, KEY_2] }))),
  ],
];

describe('what --fix mends', () => {
  for (const [what, rule, before, after] of ROWS) {
    it(`${rule.id}: ${what}`, () => {
      assert.deepEqual(mended(rule, before), after);
      assert.deepEqual(findingsOf(rule, after), []);
    });
  }

  it('is nothing where the file does not spell the value as it is read', () => {
    const [file = { path: '', text: '' }] = nscPins([KEY_1, `sha256/${KEY_2}`]);
    const escaped = [{ ...file, text: file.text.replace('sha256/', 'sha256&#47;') }];
    const [finding] = findingsOf(p010, escaped);
    assert.equal(finding?.rule, 'P010');
    assert.equal(finding?.fix, undefined);
  });

  it('is no day whose order is in doubt, or that is none', () => {
    for (const day of ['01/09/2027', '2027/13/01', 'next year']) {
      const [finding] = findingsOf(e005, nscPins([KEY_1, KEY_2], `expiration="${day}"`));
      assert.equal(finding?.rule, 'E005', day);
      assert.equal(finding?.fix, undefined, day);
    }
  });

  it('is no day that has passed: the pins would be gone', () => {
    const [finding] = findingsOf(e005, trustKit([KEY_1, KEY_2], trustKitExpiration('2020/01/01')));
    assert.equal(finding?.rule, 'E005');
    assert.equal(finding?.fix, undefined);
  });

  it('is no name that another entry has already: twice the same ends the app', () => {
    const domains = '<domain>example.com</domain><domain>example.com.</domain>';
    const [finding] = findingsOf(h003, nsc(domainConfig(domains, pinSet([KEY_1, KEY_2]))));
    assert.equal(finding?.rule, 'H003');
    assert.equal(finding?.fix, undefined);
  });

  it('takes a copy for one whatever its prefix, so that a second run finds nothing to mend', () => {
    const [file = { path: '', text: '' }] = nscPins([`sha256/${KEY_1}`, KEY_2, KEY_1]);
    const edits = editsOf(lint(exampleProject([file]), { rules: [p010, p012] }).findings);
    assert.deepEqual([{ ...file, text: applyEdits(file.text, edits.get(file.path) ?? []) }], nscPins([KEY_1, KEY_2]));
  });

  it('leaves nothing of a rule to a second run', () => {
    const before = nsc(domainConfig('<domain> Example.com. </domain>', pinSet([KEY_1, KEY_2])));
    const after = nsc(domainConfig('<domain>example.com</domain>', pinSet([KEY_1, KEY_2])));
    assert.deepEqual(mended(h003, before), after);
  });

  it('leaves a copy in a dictionary of Apple to its author', () => {
    const [finding] = findingsOf(p012, ats(pinnedDomains(atsDomain('example.com', { ca: [KEY_1, KEY_1] }))));
    assert.equal(finding?.rule, 'P012');
    assert.equal(finding?.fix, undefined);
  });
});
