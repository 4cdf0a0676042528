import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createCompiler } from '../../src/cel/expression.ts';

/** Expressions that are refused, and where. */
const REFUSED: readonly [source: string, at: readonly number[]][] = [
  // Names that do not exist, also where the evaluator would not look.
  ['nope', [0]],
  ['device.lockd', [0]],
  ['has(device.lockd)', [4]],
  ['!has(device.lockd) || device.locked', [5]],
  ['device.locked && platfrom == "ios" && app.idd == "x"', [17, 38]],
  ['device.constructor == "x"', [0]],
  ['device.__proto__ == device.__proto__', [0, 20]],
  ['__proto__', [0]],
  ['constructor', [0]],
  ['lists.none == ["a"]', [6]],
  ['threats.rot', [0]],
  // A section is no value, and a value has no members.
  ['device == device', [0, 10]],
  ['platform.name == "x"', [0]],
  ['device["locked"]', [0]],
  ['evidence[0] == "x"', [0]],
  // Parts of the language that are no part of this one.
  ['app.id.matches("^(a+)+$")', [7]],
  ['int(app.version) > 3', [0]],
  ['dyn(device.locked)', [0]],
  ['type(device.locked) == bool', [0, 23]],
  ['timestamp("junk") == timestamp("junk")', [0, 21]],
  ['weight / 0 == 1', [0]],
  ['weight % 2 == 1', [0]],
  ['weight * 2 == 2', [0]],
  ['{"a": 1}.size() == 1', [0]],
  ['1.5 > 1.0', [0, 6]],
  ['b"a" == b"a"', [0, 8]],
  ['null == null', [0, 8]],
  ['1u == 1u', [0, 6]],
  ['cel.bind(x, device.locked, x)', [0, 4]],
  // Macros: one at a time, over names of their own.
  ['evidence.exists(e, raised.exists(r, r == e))', [26]],
  ['evidence.all(e, evidence.map(x, x).size() > 0)', [25]],
  ['evidence.exists(now, now == "x")', [16]],
  ['evidence.exists(device, device == "x")', [16]],
  ['evidence.exists(lists, lists == "x")', [16]],
  // Under these names facts are evaluated: they would be hidden.
  ['evidence.exists(app_id, app.id == app_id)', [16]],
  ['evidence.exists(lists_keys, lists_keys in lists.keys)', [16]],
  // Over lists as they stand: steps after each other would double a text with each.
  ['["a"].map(x, x + x).map(x, x + x).exists(x, x == "a")', [20, 34]],
  ['(evidence + lists.keys).exists(e, e == "a")', [23]],
  ['evidence.exists(e, e == other)', [24]],
  // has() is evaluated with three outcomes: it stands where those count.
  ['has(device.locked) == true', [0]],
  ['evidence.exists(e, has(app.id))', [19]],
  ['has(platform.x)', [4]],
  ['has(now)', [4]],
  // Words that a fact never says.
  ['device.bootState == "verifed"', [20]],
  ['"Verified" != device.bootState', [0]],
  ['device.bootState in ["verified", "selfsigned"]', [33]],
  ['"stong" in device.labels', [0]],
  ['"rooted" in raised', [0]],
  ['"rooted" in proven', [0]],
  // Versions are no texts.
  ['device.osVersion >= "9"', [0]],
];

const ADMITTED: readonly string[] = [
  'device.locked',
  'has(app.category) ? app.category == "app_store" : versionAtLeast(app.version, "4")',
  'evidence.exists(e, e.startsWith("x-"))',
  'size(evidence.filter(e, e != "dev")) > 0',
  'lists.keys.exists(k, k == device.bootKey)',
  '["a", "b"].exists(each, each == app.id)',
  'device.bootKey in lists.keys && !(platform in ["ios", "web"])',
  'raised.all(r, r in ["vpn", "adb"])',
  'device.osPatch >= "2026-06" && device.sdk - 1 >= 30',
  'app.id.startsWith("com.example.") || app.id.endsWith(".bank") || app.id.contains("x")',
  '-device.sdk < 3',
];

describe('fences', () => {
  const compiler = createCompiler(['keys']);

  for (const [source, at] of REFUSED) {
    it(`refuse ${source}`, () => {
      const compiled = compiler.question(source);
      assert.ok('faults' in compiled);
      assert.deepEqual(
        compiled.faults.map((fault) => fault.at),
        at,
        JSON.stringify(compiled.faults),
      );
    });
  }

  for (const source of ADMITTED) {
    it(`admit ${source}`, () => assert.ok('expression' in compiler.question(source)));
  }
});
