import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createFlatEnvironment, createSourceEnvironment } from '../../src/cel/environment.ts';
import { print } from '../../src/cel/print.ts';

const LISTS = ['keys'];
const printed = (source: string): string => print(createSourceEnvironment(LISTS).parse(source).ast);

describe('the canonical text', () => {
  it('writes every bracket, and every fact under its own variable', () => {
    for (const [source, text] of [
      [
        'device.locked && platform == "ios" || !has(app.id)',
        '((device_locked && (platform == "ios")) || !(has(app_id)))',
      ],
      ['app.id == "a\\"b\\\\c\\n\\u00e9"', '(app_id == "a\\"b\\\\c\\né")'],
      ['device.sdk - 1 > -3', '((device_sdk - 1) > -(3))'],
      ['device.model in ["a", "b"]', '(device_model in ["a", "b"])'],
      ['lists.keys.exists(k, k == app.id)', '(lists_keys).exists(k, (k == app_id))'],
      ['device.locked ? true : false', '(device_locked ? true : false)'],
      ['size(evidence) == 1', '(size(evidence) == 1)'],
    ] as const) {
      assert.equal(printed(source), text);
    }
  });

  it('means the same: printed again it says the same of the same variables', () => {
    const flat = createFlatEnvironment(LISTS);
    const values = {
      device_locked: true,
      device_sdk: 30n,
      device_model: 'a',
      app_id: 'x"\\\n💥',
      evidence: ['e'],
      raised: [],
      lists_keys: ['x'],
    };
    const [device, app, lists] = [{ locked: true, sdk: 30n, model: 'a' }, { id: 'x"\\\n💥' }, { keys: ['x'] }];
    for (const source of [
      'app.id == "x\\"\\\\\\n💥"',
      'app.id == "x\\u0022\\\\\\n\\U0001F4A5"',
      'device.sdk - 1 - 2 == 27',
      'device.sdk - (1 - 2) == 31',
      'device.locked || device.locked && false',
      '(device.locked || device.locked) && false',
      '!device.locked || device.model in ["b", "a"]',
      '-device.sdk == -30',
      'evidence.all(e, e == "e" && device.locked)',
      'lists.keys.exists(k, app.id.startsWith(k))',
      'device.locked ? device.sdk > 3 : false',
      'evidence + ["b"] == ["e", "b"]',
    ]) {
      const again = flat.parse(printed(source))(values);
      assert.equal(
        again,
        createSourceEnvironment(LISTS).evaluate(source, { device, app, lists, evidence: ['e'] }),
        source,
      );
    }
  });
});
