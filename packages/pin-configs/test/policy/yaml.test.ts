import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseYaml } from '../../src/policy/yaml.ts';

const read = (text: string) => parseYaml('a.yaml', text);

describe('parseYaml', () => {
  it('says where keys and values stand', () => {
    const tree = read('a:\n  - "b"\n');
    assert.equal(tree.kind, 'dict');
    const [entry] = tree.kind === 'dict' ? tree.entries : [];
    assert.deepEqual([entry?.key.text, entry?.key.place.line, entry?.key.place.column], ['a', 1, 1]);
    const [item] = entry?.value.kind === 'array' ? entry.value.items : [];
    assert.deepEqual([item?.place.line, item?.place.column, item?.place.endColumn], [2, 5, 8]);
  });

  const refused: readonly (readonly [string, string, string])[] = [
    ['an alias', 'a: &x 1\nb: *x\n', 'pin_configs.unreadable'],
    ['a laugh', `a: &a [${'x,'.repeat(9)}x]\nb: &b [*a,*a,*a,*a]\nc: [*b,*b,*b,*b]`, 'pin_configs.unreadable'],
    ['a merge', 'a: &x { b: 1 }\nc: { <<: *x }\n', 'pin_configs.unreadable'],
    ['a tag', 'a: !!js/function "x"\n', 'pin_configs.unreadable'],
    ['a key twice', 'a: 1\na: 2\n', 'pin_configs.unreadable'],
    ['two documents', 'a: 1\n---\nb: 1\n', 'pin_configs.unreadable'],
    ['an open bracket', 'a: [1\n', 'pin_configs.unreadable'],
    ['a tab as indent', 'a:\n\tb: 1\n', 'pin_configs.unreadable'],
    ['brackets without end', '['.repeat(100_000), 'pin_configs.too_large'],
    ['lists in lists', '- '.repeat(5_000), 'pin_configs.too_large'],
    ['braces in depth', '{a: '.repeat(40), 'pin_configs.too_large'],
    ['more than 1 MiB', `a: ${'x'.repeat(1 << 20)}`, 'pin_configs.too_large'],
  ];
  for (const [name, text, code] of refused) {
    it(`refuses ${name}, and says where`, () => {
      assert.throws(() => read(text), { code, message: /^a\.yaml:\d+:\d+: / });
    });
  }
});
