import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { STRICT_POLICY, strictSource } from '@assay/policy';
import { documentOf, faultsOf, policyOf } from '../support.ts';

const RULE = { require: 'device.locked' };
const LOCKED = [RULE];
const paths = (source: string): string[] => faultsOf(source).map(({ path }) => path);

/** Documents with one fault, and where it is. */
const FAULTY: readonly [what: string, source: string, path: string][] = [
  ['another format', documentOf(LOCKED, { assay: 'policy/2' }), '$.assay'],
  ['a name with capitals', documentOf(LOCKED, { name: 'Bank' }), '$.name'],
  ['a description of two lines', documentOf(LOCKED, { description: 'a\nb' }), '$.description'],
  ['a member that nobody knows', documentOf(LOCKED, { rule: [] }), '$.rule'],
  ['a name of every object', documentOf(LOCKED, { constructor: 1 }), '$.constructor'],
  ['no rules', documentOf([]), '$.rules'],
  ['too many rules', documentOf(Array(257).fill({ require: 'device.locked' })), '$.rules'],
  ['no assurance rows', documentOf(LOCKED, { assurance: [] }), '$.assurance'],
  [
    'two rules of one id',
    documentOf([
      { id: 'a', ...RULE },
      { id: 'a', ...RULE },
    ]),
    '$.rules[1].id',
  ],
  ['a tier that is none', documentOf([{ require: 'device.locked', tier: 'affirming' }]), '$.rules[0].otherwise.tier'],
  ['a code that is none', documentOf([{ require: 'device.locked', code: 'policy.nope' }]), '$.rules[0].otherwise.code'],
  [
    'the code of a fault',
    documentOf([{ require: 'device.locked', code: 'policy.document_invalid' }]),
    '$.rules[0].otherwise.code',
  ],
  [
    'an own code without its area',
    documentOf([{ require: 'device.locked', code: 'custom.' }]),
    '$.rules[0].otherwise.code',
  ],
  ['an expression that is no text', documentOf([{ require: true as never }]), '$.rules[0].require'],
  ['an empty expression', documentOf([{ require: '  ' }]), '$.rules[0].require'],
  ['an outage of another word', documentOf(LOCKED, { outage: { vendor: 'ignore' } }), '$.outage.vendor'],
  ['a cap of none', documentOf(LOCKED, { outage: { assurance: 'none' } }), '$.outage.assurance'],
  ['an empty list', documentOf(LOCKED, { lists: { a: [] } }), '$.lists.a'],
  ['a list of numbers', documentOf(LOCKED, { lists: { a: [1] } }), '$.lists.a[0]'],
  ['a huge list', documentOf(LOCKED, { lists: { a: Array(1025).fill('x') } }), '$.lists.a'],
  ['a list whose name cannot be spelt', documentOf(LOCKED, { lists: { 'a-b': ['x'] } }), '$.lists.*'],
  [
    'a ban of a whole app',
    documentOf(LOCKED, { bans: [{ id: 'a', when: 'device.locked', target: 'app', for: '7d', reason: 'x' }] }),
    '$.bans[0].target',
  ],
  [
    'a ban for ever',
    documentOf(LOCKED, { bans: [{ id: 'a', when: 'device.locked', target: 'model', for: '0d', reason: 'x' }] }),
    '$.bans[0].for',
  ],
  [
    'an example on no device',
    documentOf(LOCKED, { examples: [{ name: 'a', device: 'toaster', expect: { tier: 'none' } }] }),
    '$.examples[0].device',
  ],
  [
    'a fact of another type',
    documentOf(LOCKED, {
      examples: [{ name: 'a', device: 'dev', with: { 'device.sdk': '36' }, expect: { tier: 'none' } }],
    }),
    '$.examples[0].with.device.sdk',
  ],
  [
    'a fact that nobody knows',
    documentOf(LOCKED, {
      examples: [{ name: 'a', device: 'dev', with: { 'device.imei': '1' }, expect: { tier: 'none' } }],
    }),
    '$.examples[0].with.device.imei',
  ],
  [
    'a day that is none',
    documentOf(LOCKED, { examples: [{ name: 'a', device: 'dev', at: '2026-02-31', expect: { tier: 'none' } }] }),
    '$.examples[0].at',
  ],
];

describe('the document', () => {
  for (const [what, source, path] of FAULTY) {
    it(`is refused for ${what}`, () => assert.deepEqual(paths(source), [path]));
  }

  it('is refused for everything that is missing, at once', () => {
    assert.deepEqual(paths('assay: policy/1'), ['$.name', '$.description', '$.rules', '$.assurance']);
    for (const source of ['', 'null', '[]', 'x', '1', '# nothing']) assert.deepEqual(paths(source), ['$']);
  });

  it('brings defaults that deny where nobody could be asked', () => {
    const { outage, lists, annotations, bans, examples } = policyOf(LOCKED);
    assert.deepEqual(outage, { vendor: 'deny', revocation: 'degrade', assurance: 'low' });
    assert.deepEqual([lists, annotations, bans, examples], [{}, [], [], []]);
  });

  it('turns times into milliseconds', () => {
    const bans = ['90m', '12h', '7d'].map((time, at) => ({
      id: `b${at}`,
      when: 'device.locked',
      target: 'model',
      for: time,
      reason: 'x',
    }));
    assert.deepEqual(
      policyOf(LOCKED, { bans }).bans.map(({ durationMs }) => durationMs),
      [5_400_000, 43_200_000, 604_800_000],
    );
  });

  it('lets codes of the operator’s own say what a device is told, and no others', () => {
    const rule = (code: string) => ({
      ...JSON.parse(documentOf(LOCKED)),
      rules: [
        {
          id: 'a',
          require: 'device.locked',
          otherwise: { tier: 'none', code, class: 'app', action: 'retry' },
          why: 'x',
        },
      ],
    });
    assert.deepEqual(paths(JSON.stringify(rule('custom.mine'))), []);
    assert.deepEqual(paths(JSON.stringify(rule('policy.app_unproven'))), ['$.rules[0].otherwise']);
  });

  it('keeps its text to the letter', () => {
    const source = `# a comment\r\n${strictSource()}\r\n`;
    assert.equal(STRICT_POLICY.source, strictSource());
    assert.ok(source.endsWith('\r\n'));
  });
});
