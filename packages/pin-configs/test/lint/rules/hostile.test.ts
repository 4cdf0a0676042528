import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { exampleProject } from '../../../src/lint/example.ts';
import { lint } from '../../../src/lint/lint.ts';
import { RULES } from '../../../src/lint/rules/index.ts';
import {
  ats,
  atsDomain,
  domainConfig,
  KEY_1,
  KEY_2,
  nsc,
  pinList,
  pinnedDomains,
  pinSet,
  trustKit,
} from '../../../src/lint/rules/support/examples.ts';
import { rule as t003 } from '../../../src/lint/rules/t003-report-address.ts';
import { rule as x001 } from '../../../src/lint/rules/x001-platform-drift.ts';

const many = <T>(count: number, make: (index: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, index) => make(index));
const idsOf = (files: Parameters<typeof exampleProject>[0]) =>
  new Set(lint(exampleProject(files), { rules: RULES }).findings.map(({ rule }) => rule));

/** Each would take minutes by the square of its entries. */
describe('files as large as they may be', () => {
  it('with many domains that share many pins', () => {
    const domains = many(6000, (index) => `<domain includeSubdomains="true">h${index}.example.com</domain>`).join('');
    const pins = many(6000, () => KEY_1);
    assert.deepEqual([...idsOf(nsc(domainConfig(domains, pinSet(pins)))).values()], ['P001', 'P012']);
  });

  it('with many addresses of reports', () => {
    const uris = many(6000, (index) => `<string>https://r${index}.example.org/</string>`).join('');
    const hosts = many(6000, (index) => `<key>h${index}.example.com</key><dict/>`).join('');
    const more = `<key>TSKReportUris</key><array>${uris}</array>`;
    const [{ path = '', text = '' } = {}] = trustKit([KEY_1, KEY_2], more);
    const files = [{ path, text: text.replace('<key>example.com</key>', `${hosts}<key>example.com</key>`) }];
    assert.deepEqual(lint(exampleProject(files), { rules: [t003] }).findings, []);
  });

  it('with many hosts on one platform and many on the other', () => {
    const domains = many(10_000, (index) => `<domain>h${index}.example.com</domain>`).join('');
    const pins = pinSet([KEY_1, KEY_2]);
    const entry = (host: string) => atsDomain(host, { ca: [KEY_1, KEY_2] });
    const pinned = pinnedDomains(entry('both.example.com'), ...many(1000, (index) => entry(`i${index}.example.com`)));
    const files = [...nsc(domainConfig(`<domain>both.example.com</domain>${domains}`, pins)), ...ats(pinned)];
    assert.equal(lint(exampleProject(files), { rules: [x001] }).findings.length, 11_000);
  });

  it('with many patterns', () => {
    const lists = many(6000, (index) => [`*.h${index}.example.com`, [`sha256/${KEY_1}`, `sha256/${KEY_2}`]] as const);
    assert.deepEqual([...idsOf(pinList(Object.fromEntries(lists)))], ['H006']);
  });
});
