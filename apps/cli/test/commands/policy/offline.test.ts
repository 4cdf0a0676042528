import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { PRESETS, presetOf } from '@assay/policy';
import { assay, createFolder, inProcess } from '../../support/assay.ts';

// What needs no server: presets, tests, differences.

const STRICT = presetOf('strict')?.source ?? '';
const EXAMPLE = `
examples:
  - name: A locked phone
    device: android-tee
    expect: { tier: contraindicated, reasons: [policy.bootloader_unlocked] }
`;
const WRONG = STRICT.replace(/^examples:[\s\S]*$/m, '').trimEnd() + EXAMPLE;
const DEAD = STRICT.replace(
  /^rules:$/m,
  `rules:
  - id: never
    when: platform == "ios" && platform == "android"
    require: device.locked
    otherwise: { tier: contraindicated, code: policy.bootloader_unlocked }
    why: Nothing is both.
`,
);
const FILES = {
  'strict.yaml': STRICT,
  'wrong.yaml': WRONG,
  'dead.yaml': DEAD,
  'broken.yaml': STRICT.replace('device.locked', 'device.loked').replace('has(app.id)', 'has(app.ident)'),
  'not.yaml': 'hello: [',
  'binary.yaml': Uint8Array.of(0xff, 0xfe, 0x00),
};

describe('assay policy, offline', () => {
  const folder = createFolder(FILES);
  const file = (name: string) => join(folder, name);

  it('lists presets, and prints one that its own test passes', async () => {
    const list = await inProcess(['policy', 'presets']);
    for (const { name, audience } of PRESETS) {
      assert.ok(list.stdout.split('\n').some((line) => line.startsWith(name) && line.endsWith(audience)));
    }
    for (const { name } of PRESETS) {
      const printed = await inProcess(['policy', 'presets', name]);
      assert.equal(printed.code, 0);
      const tested = await inProcess(['policy', 'test', '-'], { stdin: printed.stdout });
      assert.deepEqual(
        [tested.code, /^PASSED {2}\S+ {2}(\d+) of \1 examples, 0 dead rules$/m.test(tested.stdout)],
        [0, true],
        `${name}: ${tested.stdout}`,
      );
    }
  });

  it('tests a file as the real process', async () => {
    const { code, stdout, stderr } = await assay(folder, ['policy', 'test', 'strict.yaml']);
    assert.deepEqual([code, stderr], [0, '']);
    assert.match(stdout, /^ {2}✔ .+\n/);
    assert.match(stdout, /\nPASSED {2}strict {2}\d+ of \d+ examples, 0 dead rules\n$/);
  });

  it('shows what an example expected, what came out, and the rules that say so', async () => {
    const { code, stdout } = await inProcess(['policy', 'test', file('wrong.yaml')]);
    assert.equal(code, 1);
    assert.match(stdout, /^ {2}✖ A locked phone\n {6}tier: expected contraindicated, found affirming\n/);
    assert.match(stdout, /\nFAILED {2}strict {2}0 of 1 examples, 0 dead rules\n$/);
    const { passed, examples } = JSON.parse((await inProcess(['policy', 'test', file('wrong.yaml'), '--json'])).stdout);
    assert.deepEqual([passed, examples[0].passed, examples[0].mismatches[0].what], [false, false, 'tier']);
  });

  it('finds a rule that can never fire', async () => {
    const { code, stdout } = await inProcess(['policy', 'test', file('dead.yaml')]);
    assert.equal(code, 1);
    assert.match(stdout, /^ {2}! rule never can never fire: /m);
  });

  it('names every fault of a file by line and column', async () => {
    const lines = FILES['broken.yaml'].split('\n');
    const [first, second] = ['device.loked', 'app.ident'].map(
      (slip) => lines.findIndex((line) => line.includes(slip)) + 1,
    );
    const { code, stdout, stderr } = await inProcess(['policy', 'test', file('broken.yaml')]);
    assert.deepEqual([code, stdout], [5, '']);
    assert.match(
      stderr,
      new RegExp(
        `^assay: \\S+broken\\.yaml:${first}:\\d+: .*\\(policy\\.document_invalid\\)\n {7}\\S+broken\\.yaml:${second}:\\d+: `,
      ),
    );
  });

  it('tests a preset by its name, and refuses one that nobody knows', async () => {
    assert.match((await inProcess(['policy', 'test', 'preset:banking'])).stdout, /\nPASSED {2}banking /);
    const { code, stderr } = await inProcess(['policy', 'test', 'preset:lax']);
    assert.deepEqual([code, /cli\.preset_unknown/.test(stderr)], [2, true]);
  });

  it('compares presets and files', async () => {
    const same = await inProcess(['policy', 'diff', 'preset:strict', file('strict.yaml'), '--fail-if-loosens']);
    assert.deepEqual(
      [same.code, same.stdout],
      [0, 'strict@1 -> strict@1\n  nothing that is judged by changes\n  lets in nothing that was refused before\n'],
    );
    const laxer = await inProcess([
      'policy',
      'diff',
      'preset:strict',
      'preset:permissive',
      '--fail-if-loosens',
      '--json',
    ]);
    assert.deepEqual([laxer.code, JSON.parse(laxer.stdout).loosens], [1, 'yes']);
  });

  const wrong: readonly (readonly [string, readonly string[], number, RegExp])[] = [
    ['a preset that is not there', ['policy', 'presets', 'lax'], 2, /cli\.preset_unknown\)\n {2}expected: .*banking/],
    ['two presets at once', ['policy', 'presets', 'strict', 'banking'], 2, /cli\.usage/],
    ['a file that is not there', ['policy', 'test', 'nothing.yaml'], 3, /cli\.file_unreadable/],
    ['a folder', ['policy', 'test', '.'], 3, /cli\.file_unreadable/],
    ['what is no YAML', ['policy', 'test', 'not.yaml'], 5, /not\.yaml:1:\d+: .*policy\.document_invalid/],
    ['what is no text', ['policy', 'test', 'binary.yaml'], 2, /binary\.yaml: .*json\.not_utf8/],
    [
      'a policy of the server without one',
      ['policy', 'diff', 'house', 'strict.yaml', '--server', 'http://127.0.0.1:1'],
      3,
      /cli\.file_unreadable/,
    ],
    ['a diff of one', ['policy', 'diff', 'strict.yaml'], 2, /expected: OLD NEW/],
  ];
  for (const [name, args, exit, talk] of wrong) {
    it(`refuses ${name}`, async () => {
      const given = args.map((each) => (each.endsWith('.yaml') || each === '.' ? file(each) : each));
      const { code, stdout, stderr } = await inProcess(given);
      assert.deepEqual([code, stdout], [exit, ''], stderr);
      assert.match(stderr, talk);
      assert.doesNotMatch(stderr, /\n {4}at /);
    });
  }
});
