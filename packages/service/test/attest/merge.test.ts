import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ABSENT, claimed, type Facts, noFacts, proven } from '@assay/core';
import { mergeFacts, renewFacts } from '../../src/attest/merge.ts';
import { withCode } from '../support/world.ts';

const INCONSISTENT = withCode('service.evidence_inconsistent');
const NONE = noFacts();

type Sections = Partial<{ [S in 'app' | 'device' | 'runtime' | 'key']: Partial<Facts[S]> }>;

function facts(by: string, { app, device, runtime, key }: Sections = {}, rest: Partial<Facts> = {}): Facts {
  return {
    ...NONE,
    evidence: [by],
    app: { ...NONE.app, ...app },
    device: { ...NONE.device, ...device },
    runtime: { ...NONE.runtime, ...runtime },
    key: { ...NONE.key, ...key },
    ...rest,
  };
}

describe('facts of two pieces of one request', () => {
  it('add up, with proof before claim, whichever comes first', () => {
    const key = facts('k', { app: { id: claimed('a', 'k') }, device: { bootState: proven('verified', 'k') } });
    const play = facts('p', { app: { id: proven('a', 'p') }, device: { labels: proven(['basic'], 'p') } });
    for (const [first, second] of [
      [key, play],
      [play, key],
    ] as const) {
      const merged = mergeFacts(first, [second]);
      assert.deepEqual(merged.evidence, [...first.evidence, ...second.evidence]);
      assert.deepEqual(merged.app.id, proven('a', 'p'));
      assert.deepEqual(merged.device.bootState, proven('verified', 'k'));
      assert.deepEqual(merged.device.labels, proven(['basic'], 'p'));
    }
  });

  it('are refused when both prove another value', () => {
    const pairs: readonly (readonly [Sections, Sections])[] = [
      [{ app: { id: proven('a', 'k') } }, { app: { id: proven('b', 'p') } }],
      [{ app: { build: proven('1', 'k') } }, { app: { build: proven('2', 'p') } }],
      [{ app: { signers: proven(['x', 'y'], 'k') } }, { app: { signers: proven(['z'], 'p') } }],
      [{ device: { locked: proven(true, 'k') } }, { device: { locked: proven(false, 'p') } }],
      [{ device: { osVersion: proven('13', 'k') } }, { device: { sdk: proven(35, 'p') } }],
      [{ device: { osVersion: proven('15', 'k') } }, { device: { sdk: proven(33, 'p') } }],
    ];
    for (const [one, other] of pairs) {
      assert.throws(() => mergeFacts(facts('k', one), [facts('p', other)]), INCONSISTENT);
      assert.throws(() => mergeFacts(facts('k', other), [facts('p', one)]), INCONSISTENT);
    }
    const ios = facts('k', {}, { platform: proven('ios', 'k') });
    assert.throws(() => mergeFacts(ios, [facts('p', {}, { platform: proven('android', 'p') })]), INCONSISTENT);
  });

  it('are taken where they agree, where one only claims, and of an API level that is not known', () => {
    const pairs: readonly (readonly [Sections, Sections])[] = [
      [{ device: { osVersion: proven('12', 'k') } }, { device: { sdk: proven(32, 'p') } }],
      [{ device: { osVersion: proven('99', 'k') } }, { device: { sdk: proven(99, 'p') } }],
      [{ app: { build: claimed('1', 'k') } }, { app: { build: proven('2', 'p') } }],
      [{ app: { signers: proven(['x', 'y'], 'k') } }, { app: { signers: proven(['y', 'z'], 'p') } }],
    ];
    for (const [one, other] of pairs) mergeFacts(facts('k', one), [facts('p', other)]);
    const [one, other] = pairs[3] ?? [];
    assert.deepEqual(mergeFacts(facts('k', one), [facts('p', other)]).app.signers, proven(['y'], 'k'));
  });

  it('say nothing of K but what the primary piece says', () => {
    const boasting = facts('x', { key: { protection: proven('hardware', 'x') } });
    assert.deepEqual(mergeFacts(facts('p'), [boasting]).key.protection, ABSENT);
  });

  it('raise a threat that one of them proves', () => {
    const calm = facts('k', {}, { threats: { emulator: proven(false, 'k'), root: claimed(true, 'k') } });
    const raised = facts('p', {}, { threats: { emulator: proven(true, 'p') } });
    for (const merged of [mergeFacts(calm, [raised]), mergeFacts(raised, [calm])]) {
      assert.deepEqual(merged.threats.emulator, proven(true, 'p'));
      assert.deepEqual(merged.threats.root, claimed(true, 'k'));
    }
  });
});

describe('facts of a refresh', () => {
  const enrolled = facts('k', {
    app: { id: proven('a', 'k'), build: proven('1', 'k') },
    device: { osVersion: proven('14', 'k'), labels: proven(['strong'], 'p') },
    key: { protection: proven('hardware', 'k') },
  });

  it('are those of the enrolment, but for what is newer', () => {
    const fresh = facts('p', {
      app: { id: proven('a', 'p'), build: proven('2', 'p') },
      device: { sdk: proven(35, 'p') },
    });
    const renewed = renewFacts(enrolled, fresh, []);
    assert.deepEqual(renewed.app.build, proven('2', 'p'), 'an app is updated');
    assert.deepEqual(renewed.key, enrolled.key);
    assert.deepEqual(renewed.evidence, ['k', 'p']);
    assert.deepEqual(renewed.device.labels, enrolled.device.labels);
  });

  it('lose what a vendor does not repeat, so that no old answer outlives a newer one', () => {
    assert.deepEqual(renewFacts(enrolled, facts('p'), ['p']).device.labels, ABSENT);
    assert.deepEqual(renewFacts(enrolled, facts('p'), ['p']).app.id, enrolled.app.id, 'which another piece said');
  });

  it('keep what the hardware proved, which evidence of another kind can neither replace nor take with it', () => {
    const opened = facts('k', { app: { id: proven('a', 'k') }, device: { locked: proven(false, 'k') } });
    const better = facts('x', { device: { locked: proven(true, 'x') } });
    assert.throws(() => renewFacts(opened, better, []), INCONSISTENT);
    assert.deepEqual(
      renewFacts(opened, facts('k', { device: { locked: proven(true, 'k') } }), []).device.locked.known,
      'proven',
      'of the same kind it is newer',
    );
    const signed = facts('k', { app: { id: proven('a', 'k'), signers: proven(['s', 't'], 'k') } });
    const fresh = facts('p', { app: { id: proven('a', 'p'), signers: proven(['t'], 'p') } });
    const renewed = renewFacts(signed, fresh, ['p']);
    assert.deepEqual([renewed.app.id, renewed.app.signers], [proven('a', 'k'), proven(['t'], 'k')]);
    // The next time another companion comes, and what the last one said is void.
    assert.deepEqual(renewFacts(renewed, facts('x'), ['p']).app.id, proven('a', 'k'));
    const foreign = facts('p', { app: { signers: proven(['u'], 'p') } });
    assert.throws(() => renewFacts(signed, foreign, []), INCONSISTENT);
  });

  it('are never those of another app, another platform or an older system', () => {
    for (const sections of [
      { app: { id: proven('b', 'p') } },
      { device: { sdk: proven(33, 'p') } },
    ] satisfies Sections[]) {
      assert.throws(() => renewFacts(enrolled, facts('p', sections), ['p']), INCONSISTENT);
    }
    const android = { ...enrolled, platform: proven('android' as const, 'k') };
    const ios = facts('p', {}, { platform: proven('ios', 'p') });
    assert.throws(() => renewFacts(android, ios, []), INCONSISTENT);
  });
});
