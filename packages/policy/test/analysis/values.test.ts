import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { mentionsIn } from '../../src/analysis/domains.ts';
import { type FactDomain, factDomain, type SettingDomain, settingDomain } from '../../src/analysis/values.ts';
import { createSourceEnvironment, isSetting } from '../../src/cel/environment.ts';

import { isFactPath } from '../../src/facts.ts';

const LISTS = { few: ['c', 'd'], many: Array.from({ length: 99 }, (_, at) => `e${at}`) };

/** What one variable of an expression is tried as. */
function domain(path: string, source: string, sight: 'proven' | 'claimed' = 'proven'): FactDomain | SettingDomain {
  const tree = createSourceEnvironment(Object.keys(LISTS)).parse(source).ast;
  const mentions = mentionsIn([tree], LISTS).get(path);
  assert.ok(mentions !== undefined, `${path} in ${source}`);
  if (isFactPath(path)) return factDomain(path, mentions, sight);
  return isSetting(path) ? settingDomain(path, mentions) : assert.fail(path);
}

function texts(path: string, source: string): unknown[] {
  const found = domain(path, source);
  if ('values' in found) return [...found.values];
  return found.facts.flatMap((fact) => (fact.known === 'proven' ? [fact.value] : []));
}

describe('values that a variable is tried with', () => {
  it('are all there are, where there are few', () => {
    assert.deepEqual(texts('device.locked', 'device.locked'), [true, false]);
    assert.deepEqual(texts('key.protection', 'has(key.protection)'), ['hardware', 'app_asserted', 'software']);
  });

  it('stand around the constants that it is compared with', () => {
    assert.deepEqual(texts('device.sdk', 'device.sdk > 30'), [0, 29, 30, 31]);
    assert.deepEqual(texts('app.id', 'app.id == "a" || app.id in ["b"] || app.id in lists.few'), [
      'something-else',
      'a',
      'b',
      'c',
      'd',
    ]);
    assert.deepEqual(texts('app.version', 'versionAtLeast(app.version, "4")'), ['0', '4', '4.0.1']);
    assert.deepEqual(texts('raised', '"root" in raised'), [[], ['root'], ['something-else']]);
    assert.deepEqual(texts('proven', '"root" in proven'), [[], ['root'], ['something-else']]);
    assert.deepEqual(texts('weight', 'weight < 5'), [0, 4, 5, 6]);
    assert.ok(texts('key.purposes', '2 in key.purposes').some((each) => Array.isArray(each) && each.includes(2)));
  });

  it('are absent and claimed too, where facts can be', () => {
    const known = (sight: 'proven' | 'claimed') => {
      const found = domain('app.id', 'app.id == "a"', sight);
      return 'facts' in found ? found.facts.map((fact) => fact.known) : [];
    };
    assert.deepEqual(known('proven'), ['proven', 'proven', 'absent', 'claimed']);
    assert.deepEqual(known('claimed'), ['proven', 'proven', 'absent', 'claimed', 'claimed']);
  });

  it('are known not to be all where patterns, arithmetic or long lists are met', () => {
    for (const [path, source] of [
      ['app.id', 'app.id.startsWith("a")'],
      ['app.id', 'glob(app.id, "a*")'],
      ['app.id', 'app.id in lists.many'],
      ['device.model', 'device.model > "M"'],
      ['device.sdk', 'device.sdk + 1 > 3'],
      ['evidence', 'evidence.exists(e, e == "x")'],
      ['app.id', 'app.id == device.model'],
    ] as const) {
      assert.equal(domain(path, source).isExact, false, source);
    }
    assert.equal(domain('app.id', 'app.id in lists.few').isExact, true);
    assert.equal(domain('key.attestedLevel', 'key.attestedLevel == key.attesterLevel').isExact, true);
  });
});
