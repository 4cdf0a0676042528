import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { assertFormatVectors, defineFormat, type EvidenceFormat, runFormatVectors } from '../../src/index.ts';
import { loadExample } from './example.ts';

const example = await loadExample();
const wrongOf = (format: EvidenceFormat) => runFormatVectors(format).filter(({ outcome }) => outcome === 'wrong');
const without = (change: Partial<EvidenceFormat>) => defineFormat({ ...example, ...change });

describe('runFormatVectors', () => {
  it('tells what was expected and what was found', () => {
    const vectors = example.vectors.map((vector) => (vector.id === 'late' ? { ...vector, token: 'x' } : vector));
    const [wrong] = wrongOf(without({ vectors }));
    assert.deepEqual(wrong, {
      ...{ id: 'late', outcome: 'wrong', expected: 'x_acme_badge.stale', found: 'x_acme_badge.malformed' },
      why: 'an hour old',
    });
  });

  it('takes a crash for a fault and never for a rejection', () => {
    const crashing = without({
      verify: () => {
        throw new RangeError('crash');
      },
    });
    const results = wrongOf(crashing);
    assert.equal(results.length, runFormatVectors(crashing).length);
    assert.match(results[0]?.found ?? '', /^a fault: RangeError/);
  });

  it('judges accepted cases for another statement, unless the format says why it cannot commit', () => {
    const unbound = without({
      commitsToNothingBecause: 'the reader knows no statement',
      verify: (token, context) =>
        example.verify(token, { ...context, binding: example.vectors[0]?.context.binding ?? '' }),
    });
    assert.deepEqual(wrongOf(unbound), []);
    const { commitsToNothingBecause: _, ...silent } = unbound;
    assert.deepEqual(
      wrongOf(defineFormat({ ...silent })).map(({ id }) => id),
      ['ok: another statement'],
    );
  });

  it('finds a reader that passes over what stands around a token', () => {
    const lenient = without({ verify: (token, context) => example.verify(token.replace(/[=\s]+$/, ''), context) });
    assert.deepEqual(
      wrongOf(lenient).map(({ id }) => id),
      ['ok: padded', 'ok: with a line end'],
    );
  });

  it('stops a loader at the first wrong case, by name', () => {
    assert.throws(() => assertFormatVectors(without({ verify: () => example.verify('', never) })), {
      code: 'port.vectors_failed',
      family: 'config',
    });
  });
});

const never = { binding: '', bindingBytes: new Uint8Array(), at: 0, apps: ['acme-field'] };
