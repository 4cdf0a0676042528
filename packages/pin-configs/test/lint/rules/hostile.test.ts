import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { exampleProject } from '../../../src/lint/example.ts';
import { lint } from '../../../src/lint/lint.ts';
import { RULES } from '../../../src/lint/rules/index.ts';
import { domainConfig, KEY_1, KEY_2, nsc, pinList, pinSet } from '../../../src/lint/rules/support/examples.ts';

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

  it('with many patterns', () => {
    const lists = many(6000, (index) => [`*.h${index}.example.com`, [`sha256/${KEY_1}`, `sha256/${KEY_2}`]] as const);
    assert.deepEqual([...idsOf(pinList(Object.fromEntries(lists)))], ['H006']);
  });
});
