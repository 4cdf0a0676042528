import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { perhaps } from '../src/perhaps.ts';
import { documentOf, faultsOf } from './support.ts';

describe('the word that was probably meant', () => {
  it('stands before the others, and nothing does for a word of its own', () => {
    assert.equal(perhaps('lokced', ['open', 'locked']), '`locked` perhaps, else ');
    assert.equal(perhaps('entirely other', ['open', 'locked']), '');
    assert.equal(perhaps(5, ['open', 'locked']), '');
  });

  const rule = { require: 'device.locked' };
  const rows: readonly (readonly [what: string, source: string, meant: string])[] = [
    ['a fact', documentOf([{ require: 'device.lockd' }]), 'device.locked'],
    ['a variable', documentOf([{ require: '"root" in rased' }]), 'raised'],
    ['a code', documentOf([{ ...rule, code: 'policy.os_to_old' }]), 'policy.os_too_old'],
    ['a word', documentOf([rule], { outage: { vendor: 'degrad' } }), 'degrade'],
    ['a member', documentOf([rule], { lits: {} }), 'lists'],
  ];
  for (const [what, source, meant] of rows) {
    it(`is named for ${what}`, () => {
      assert.deepEqual(
        faultsOf(source).map(({ expected }) => /^`([^`]+)` perhaps, else /.exec(expected)?.[1]),
        [meant],
      );
    });
  }

  it('is an operator of this language for one of another', () => {
    const slips: Readonly<Record<string, RegExp>> = {
      'device.locked and app.id == "a"': /^`&&`/,
      'device.locked or app.id == "a"': /^`\|\|`/,
      'device.locked & true': /^`&&`/,
      'app.id = "a"': /^`==`/,
      'app.id ==': /too early/,
      'app.id in lists.nope': /`lists`/,
    };
    for (const [require, expected] of Object.entries(slips)) {
      assert.match(faultsOf(documentOf([{ require }]))[0]?.expected ?? '', expected, require);
    }
  });
});
