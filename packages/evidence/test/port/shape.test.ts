import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { EvidenceFormat } from '../../src/index.ts';
import { codePrefixOf, faultsOfFormat } from '../../src/port/shape.ts';
import { loadExample } from './example.ts';

const example = await loadExample();
const [vector, ...others] = example.vectors;
assert.ok(vector);
const [check] = example.checks;
assert.ok(check);
const reason = Object.values(example.reasons)[0];
assert.ok(reason);

const rows: readonly (readonly [string, Partial<Record<keyof EvidenceFormat, unknown>>, RegExp])[] = [
  ['a role of the product', { role: 'play-standard' }, /^role/],
  ['a role with a capital', { role: 'x-Acme' }, /^role/],
  ['no title', { title: ' ' }, /^title/],
  ['no check', { checks: [] }, /at least one/],
  ['a check twice', { checks: [...example.checks, check] }, /ids that differ/],
  ['a check without codes', { checks: [...example.checks, { ...check, id: 'other', codes: [] }] }, /stop nothing/],
  ['a check without a clause', { checks: [{ ...check, clause: '' }, ...example.checks.slice(1)] }, /names its clause/],
  ['a code without a reason', { checks: [{ ...check, codes: ['x_acme_badge.new'] }, ...example.checks] }, /no reason/],
  ['a reason without a check', { checks: example.checks.slice(1) }, /no check stops/],
  [
    'a foreign code',
    { reasons: { ...example.reasons, 'apple.nonce': { ...reason, code: 'apple.nonce' } } },
    /begin with/,
  ],
  ['a reason under another name', { reasons: { ...example.reasons, 'x_acme_badge.a': reason } }, /has the code/],
  ['no anchor', { anchors: [] }, /at least one/],
  ['an anchor that is no digest', { anchors: ['ab'] }, /hex/],
  ['no case to accept', { vectors: others }, /is accepted/],
  ['no case to reject', { vectors: [vector] }, /is rejected/],
  ['a case twice', { vectors: [...example.vectors, vector] }, /ids that differ/],
  [
    'a binding of another length',
    { vectors: [{ ...vector, context: { ...vector.context, binding: 'AA' } }, ...others] },
    /binding/,
  ],
  [
    'a time without a zone',
    { vectors: [{ ...vector, context: { ...vector.context, at: '2026-11-21' } }, ...others] },
    /time/,
  ],
  [
    'a case without an app',
    { vectors: [{ ...vector, context: { ...vector.context, apps: [] } }, ...others] },
    /no app/,
  ],
  ['an accepted case with a code', { vectors: [{ ...vector, code: reason.code }, ...others] }, /has a code/],
  ['a rejected case without a code', { vectors: [vector, { ...vector, id: 'b', expected: 'reject' }] }, /known code/],
  ['a case without a reason', { vectors: [{ ...vector, why: '' }, ...others] }, /say why/],
];

describe('rules for a format', () => {
  it('the example keeps them all', () => assert.deepEqual(faultsOfFormat(example), []));
  for (const [name, change, expected] of rows) {
    it(`refuse ${name}`, () => {
      const faults = faultsOfFormat({ ...example, ...change } as EvidenceFormat); // wrong on purpose
      assert.ok(
        faults.some((fault) => expected.test(fault)),
        faults.join('; '),
      );
    });
  }

  it('give each role a prefix of its own', () => assert.equal(codePrefixOf('x-acme-badge'), 'x_acme_badge.'));
});
