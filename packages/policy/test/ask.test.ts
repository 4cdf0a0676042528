import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { noFacts } from '@assay/core';
import fc from 'fast-check';
import { ask } from '../src/ask.ts';
import { createFlatEnvironment } from '../src/cel/environment.ts';
import { createCompiler } from '../src/cel/expression.ts';
import { FALSE, FAULT, type Leaf, type Node, TRUE, type Truth, UNKNOWN } from '../src/cel/node.ts';
import { isAbsence } from '../src/cel/rehearse.ts';
import type { View } from '../src/view.ts';
import { androidFacts, withFact } from './support.ts';

const TRUTHS: readonly Truth[] = [TRUE, FALSE, UNKNOWN, FAULT];

function viewOfValues(values: Record<string, unknown>, facts = noFacts()): View {
  return { facts, sight: 'proven', values, results: new Uint8Array(64), fault: undefined };
}

/** A leaf that says what it is told to. */
function leaf(truth: Truth, slot: number): Leaf {
  const run = () => {
    if (truth === FAULT) throw new TypeError('x');
    return truth === TRUE;
  };
  return { kind: 'leaf', slot, text: '', needs: truth === UNKNOWN ? ['nothing'] : [], run };
}

const told = (node: Node): Truth => ask(viewOfValues({}), node);

describe('the logic of three values', () => {
  it('settles a conjunction by one no, whatever else is not known', () => {
    for (const left of TRUTHS) {
      for (const right of TRUTHS) {
        const and = told({ kind: 'and', slot: 2, left: leaf(left, 0), right: leaf(right, 1) });
        const both = [left, right];
        if (both.includes(FALSE)) assert.equal(and, FALSE);
        else assert.equal(and, both.includes(FAULT) ? FAULT : both.includes(UNKNOWN) ? UNKNOWN : TRUE);
      }
    }
  });

  it('settles a disjunction by one yes, and mirrors by negation', () => {
    for (const left of TRUTHS) {
      for (const right of TRUTHS) {
        const or = told({ kind: 'or', slot: 2, left: leaf(left, 0), right: leaf(right, 1) });
        const both = [left, right];
        if (both.includes(TRUE)) assert.equal(or, TRUE);
        else assert.equal(or, both.includes(FAULT) ? FAULT : both.includes(UNKNOWN) ? UNKNOWN : FALSE);
      }
      const not = told({ kind: 'not', slot: 1, of: leaf(left, 0) });
      assert.equal(not, left === TRUE ? FALSE : left === FALSE ? TRUE : left);
    }
  });

  it('chooses by what is known alone', () => {
    for (const condition of TRUTHS) {
      const node: Node = { kind: 'if', slot: 3, condition: leaf(condition, 0), yes: leaf(TRUE, 1), no: leaf(FALSE, 2) };
      assert.equal(told(node), condition);
    }
  });

  it('evaluates a part once for a view, and keeps the first fault', () => {
    let runs = 0;
    const run = () => {
      runs += 1;
      return true;
    };
    const part: Leaf = { kind: 'leaf', slot: 0, text: 'part', needs: [], run };
    const view = viewOfValues({});
    ask(view, { kind: 'and', slot: 1, left: part, right: part });
    assert.deepEqual([ask(view, part), runs], [TRUE, 1]);
    const bad = viewOfValues({});
    assert.equal(ask(bad, { ...leaf(FAULT, 0), text: 'bad' }), FAULT);
    assert.equal(bad.fault?.text, 'bad');
  });

  it('takes no answer but yes and no', () => {
    for (const answer of [1n, 'true', null, undefined, {}, []]) {
      assert.equal(told({ kind: 'leaf', slot: 0, text: '', needs: [], run: () => answer }), FAULT);
    }
  });
});

describe('has()', () => {
  const asked = (sight: View['sight'], known: 'proven' | 'claimed' | 'absent'): Truth => {
    const facts = known === 'absent' ? noFacts() : withFact(androidFacts(), 'app.category', 'app_store', known);
    return ask({ ...viewOfValues({}, facts), sight }, { kind: 'has', slot: 0, fact: 'app.category' });
  };

  it('takes a claim for no absence where only proof counts', () => {
    assert.deepEqual(
      (['proven', 'claimed', 'absent'] as const).map((known) => asked('proven', known)),
      [TRUE, UNKNOWN, FALSE],
    );
  });

  it('takes a claim for presence where claims count', () => {
    assert.deepEqual(
      (['proven', 'claimed', 'absent'] as const).map((known) => asked('claimed', known)),
      [TRUE, TRUE, FALSE],
    );
  });
});

describe('this logic and that of the evaluator', () => {
  const atoms = fc.constantFrom('device.locked', 'platform == "ios"', 'device.sdk > 30', 'true', '"vpn" in raised');
  const { formula } = fc.letrec<{ formula: string }>((tie) => ({
    formula: fc.oneof(
      { maxDepth: 4 },
      atoms,
      tie('formula').map((each) => `!(${each})`),
      fc.tuple(tie('formula'), tie('formula')).map(([left, right]) => `(${left}) && (${right})`),
      fc.tuple(tie('formula'), tie('formula')).map(([left, right]) => `(${left}) || (${right})`),
      fc
        .tuple(tie('formula'), tie('formula'), tie('formula'))
        .map((each) => `(${each[0]}) ? (${each[1]}) : (${each[2]})`),
    ),
  }));
  const values = fc.record({
    device_locked: fc.option(fc.boolean(), { nil: undefined }),
    platform: fc.constantFrom('ios', 'android', undefined),
    device_sdk: fc.constantFrom(30n, 31n, undefined),
    raised: fc.constantFrom([], ['vpn']),
  });

  it('agree on every formula', () => {
    const flat = createFlatEnvironment([]);
    const flattened = (text: string) => text.replaceAll('device.', 'device_');
    fc.assert(
      fc.property(formula, values, (source, known) => {
        const compiled = createCompiler([]).question(source);
        // Some are nested too deeply for a policy.
        if ('faults' in compiled) return;
        assert.equal(
          ask(viewOfValues(known), compiled.expression.root),
          evaluated(() => flat.evaluate(flattened(source), known)),
        );
      }),
      { seed: 11, numRuns: 400 },
    );
  });

  function evaluated(run: () => unknown): Truth {
    try {
      return run() === true ? TRUE : FALSE;
    } catch (error) {
      return isAbsence(error) ? UNKNOWN : FAULT;
    }
  }
});
