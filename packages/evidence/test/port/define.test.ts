import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type AssayError, ConfigError, claimed, EvidenceError, noFacts, proven } from '@assay/core';
import { FormatError, parseBase64url } from '@assay/formats';
import { type Appraisal, type CustomProven, defineFormat, type EvidenceFormat } from '../../src/index.ts';
import { loadExample } from './example.ts';

const example = await loadExample();
const [vector] = example.vectors;
assert.ok(vector);
const { token, context } = vector;
const piece = { ...context, bindingBytes: parseBase64url(context.binding), at: Date.parse(context.at) };

const passed = example.checks.map(({ id, clause, proves }) => ({
  check: id,
  clause,
  proves,
  outcome: 'passed' as const,
}));
const facts = { ...noFacts(), evidence: ['x-acme-badge'] };
const good: Appraisal<CustomProven> = { outcome: 'verified', proven: { subject: '4711' }, facts, checks: passed };
const giving = (appraisal: Partial<Record<string, unknown>>): EvidenceFormat =>
  defineFormat({ ...example, verify: () => ({ ...good, ...appraisal }) as typeof good }); // wrong on purpose
const rejected = (error: AssayError) => ({ outcome: 'rejected', error });

describe('defineFormat', () => {
  it('names everything that is wrong at once', () => {
    assert.throws(
      () => defineFormat({ ...example, title: '', anchors: [] }),
      (error) => error instanceof ConfigError && /title.*anchors/.test(error.detail.expected ?? ''),
    );
  });

  it('takes a format that was defined already, and lets nobody change it', () => {
    assert.equal(defineFormat(example), example);
    assert.ok(Object.isFrozen(example));
  });

  const misshapen: readonly unknown[] = [{}, { role: 1 }, { ...example, verify: 'yes' }, { ...example, checks: null }];
  for (const [index, described] of misshapen.entries()) {
    it(`refuses what has another shape (${index + 1})`, () => {
      assert.throws(() => defineFormat(described as EvidenceFormat), { code: 'port.format_invalid' });
    });
  }
});

describe('a format at work', () => {
  it('gives what it decides', () => {
    assert.equal(example.verify(token, piece).outcome, 'verified');
    assert.equal(giving({}).verify(token, piece).outcome, 'verified');
    const stale = rejected(new EvidenceError('x_acme_badge.stale', 'old'));
    assert.equal(giving(stale).verify(token, piece).outcome, 'rejected');
  });

  it('is not asked without a registered app', () => {
    assert.throws(() => example.verify(token, { ...piece, apps: [] }), { code: 'port.apps_empty', family: 'config' });
  });

  const [first, ...rest] = passed;
  const misbehaving: readonly (readonly [string, Partial<Record<string, unknown>>])[] = [
    ['a check left out', { checks: rest }],
    ['checks in another order', { checks: passed.toReversed() }],
    ['verified with a check that did not pass', { checks: [{ ...first, outcome: 'not_run' }, ...rest] }],
    ['facts of another format', { facts: { ...facts, evidence: ['apple-app-attest'] } }],
    ['a platform in the name of another', { facts: { ...facts, platform: proven('android', 'android-key') } }],
    [
      'a device in the name of another',
      { facts: { ...facts, device: { ...facts.device, locked: proven(true, 'x') } } },
    ],
    ['a threat in the name of another', { facts: { ...facts, threats: { root: claimed(false, 'play-integrity') } } }],
    ['facts of two formats', { facts: { ...facts, evidence: ['x-acme-badge', 'apple-app-attest'] } }],
    ['about nobody', { proven: { subject: '' } }],
    ['a code that is not declared', rejected(new EvidenceError('x_acme_badge.new', 'new'))],
    ['a fault of the configuration as a refusal', rejected(new ConfigError('x_acme_badge.stale', 'old'))],
    ['no outcome', { outcome: 'maybe' }],
    ['about nobody at all', { proven: {} }],
    ['about something that is no text', { proven: { subject: 4711 } }],
    ['nothing proven', { proven: undefined }],
    ['a refusal that is no error', { outcome: 'rejected', error: { code: 'x_acme_badge.stale', family: 'evidence' } }],
    ['a refusal without an error', { outcome: 'rejected', error: undefined }],
    ['facts without a section', { facts: { evidence: ['x-acme-badge'] } }],
    ['facts without a fact', { facts: { ...facts, app: { id: facts.app.id } } }],
    ['facts that are bare values', { facts: { ...facts, platform: 'android' } }],
    ['no facts', { facts: undefined }],
    ['no checks', { checks: undefined }],
  ];
  for (const [name, appraisal] of misbehaving) {
    it(`is stopped, not believed: ${name}`, () => {
      assert.throws(() => giving(appraisal).verify(token, piece), { name: 'FormatMisbehaved' });
    });
  }

  it('gives the appraisal and no promise of one', () => {
    const later = defineFormat({ ...example, verify: (async () => good) as never });
    assert.throws(() => later.verify(token, piece), { name: 'FormatMisbehaved' });
  });

  it('refuses by its appraisal alone: a coded error that it throws is a fault like every other', () => {
    for (const error of [new EvidenceError('x_acme_badge.stale', 'old'), new FormatError('base64.not_canonical', 0)]) {
      const throwing = defineFormat({
        ...example,
        verify: () => {
          throw error;
        },
      });
      assert.throws(() => throwing.verify(token, piece), { name: 'FormatMisbehaved', cause: error });
    }
  });

  it('lets its own crash through', () => {
    const crashing = defineFormat({
      ...example,
      verify: () => {
        throw new RangeError('crash');
      },
    });
    assert.throws(() => crashing.verify(token, piece), RangeError);
  });
});
