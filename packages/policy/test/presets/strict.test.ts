import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Facts, isPassing, knownValue, noFacts } from '@assay/core';
import {
  evaluatePolicy,
  FACT_PATHS,
  FACTS,
  type FactPath,
  type FactValue,
  STRICT_DEVELOPMENT_POLICY,
  STRICT_POLICY,
  strictPolicy,
} from '@assay/policy';
import fc from 'fast-check';
import { androidFacts, iosFacts, isNoBetter, provenPaths, withFact } from '../support.ts';

/** For each rule: good facts, and the one change that makes this rule fail. `undefined` takes the fact away. */
const rows: readonly [rule: string, good: () => Facts, path: FactPath, bad: FactValue | undefined, code: string][] = [
  ['platform', androidFacts, 'platform', 'harmonyos', 'policy.platform_unproven'],
  ['app', androidFacts, 'app.id', undefined, 'policy.app_unproven'],
  ['app', iosFacts, 'app.id', undefined, 'policy.app_unproven'],
  ['android.chain', androidFacts, 'chain.provisioning', 'software', 'policy.chain_not_hardware'],
  ['android.attester', androidFacts, 'key.attesterLevel', 'software', 'policy.attester_software'],
  ['attested_key', androidFacts, 'key.attestedLevel', 'software', 'policy.attested_key_software'],
  ['android.levels', androidFacts, 'key.attestedLevel', 'strongbox', 'policy.levels_differ'],
  ['android.key_protection', androidFacts, 'key.protection', 'app_asserted', 'policy.key_not_hardware'],
  ['android.origin', androidFacts, 'key.origin', 'imported', 'policy.key_not_generated'],
  ['android.origin', androidFacts, 'key.origin', 'unknown', 'policy.key_not_generated'],
  ['android.purpose_sign', androidFacts, 'key.purposes', [3], 'policy.key_cannot_sign'],
  ['android.purpose_attest', androidFacts, 'key.purposes', [2, 7], 'policy.key_can_attest'],
  ['android.root_of_trust', androidFacts, 'device.bootState', undefined, 'policy.root_of_trust_missing'],
  ['android.locked', androidFacts, 'device.locked', false, 'policy.bootloader_unlocked'],
  ['android.boot_state', androidFacts, 'device.bootState', 'self_signed', 'policy.boot_not_verified'],
  ['android.revocation', androidFacts, 'chain.revocation', 'not_checked', 'policy.revocation_not_checked'],
  ['ios.environment', iosFacts, 'app.environment', 'development', 'policy.environment_not_allowed'],
  ['ios.category', iosFacts, 'app.category', 'enterprise', 'policy.category_not_allowed'],
  ['ios.category', iosFacts, 'app.category', 'unknown', 'policy.category_not_allowed'],
  ['attested_key', iosFacts, 'key.attestedLevel', 'software', 'policy.attested_key_software'],
];

/** What is not there, or not said, on a good device: these rules fail by what is added. */
const UNASKED = ['threats.proven', 'marked'];

const judge = (facts: Facts) => evaluatePolicy(STRICT_POLICY, facts, { at: 0 });
const failing = (facts: Facts) =>
  judge(facts)
    .trace.filter(({ outcome }) => outcome === 'failed')
    .map(({ rule }) => rule);

describe('the strict policy', () => {
  it('names the faults of an emulator’s evidence, and none of iOS', () => {
    const claimed = provenPaths(androidFacts())
      .filter((path) => path !== 'evidence')
      .reduce((facts, path) => withFact(facts, path, knownValue(FACTS[path].read(facts)), 'claimed'), androidFacts());
    const skipped = judge(claimed).trace.filter(({ outcome }) => outcome === 'not_applicable');
    assert.deepEqual(
      skipped.map(({ rule }) => rule),
      ['ios.environment', 'ios.category', 'marked'],
    );
  });

  it('is not passed by evidence that proves no key in hardware', () => {
    const bare = noFacts();
    const facts = { ...bare, evidence: ['play-standard'], platform: androidFacts().platform, app: androidFacts().app };
    assert.deepEqual(judge(facts).reasons, ['policy.attested_key_software']);
    assert.equal(isPassing(judge(facts)), false);
  });

  it('gives a good Android phone high and a good iPhone substantial, without reasons', () => {
    const [android, ios] = [judge(androidFacts()), judge(iosFacts())];
    assert.deepEqual([android.tier, android.assurance, android.reasons], ['affirming', 'high', []]);
    assert.deepEqual([ios.tier, ios.assurance, ios.reasons], ['affirming', 'substantial', []]);
  });

  it('has a row below for every rule', () => {
    assert.deepEqual(
      [...new Set([...rows.map(([rule]) => rule), ...UNASKED])].toSorted(),
      STRICT_POLICY.rules.map(({ id }) => id).toSorted(),
    );
  });

  for (const [rule, good, path, bad, code] of rows) {
    it(`${rule} fails when ${path} is ${bad ?? 'absent'}`, () => {
      const verdict = judge(withFact(good(), path, bad));
      assert.ok(verdict.reasons.includes(code));
      assert.ok(failing(withFact(good(), path, bad)).includes(rule));
      assert.deepEqual(failing(good()), []);
    });
  }

  it('refuses a threat that is proven, and none that is claimed', () => {
    const verdictOf = (known: 'proven' | 'claimed') =>
      judge({ ...androidFacts(), threats: { emulator: { known, value: true, by: 'x' } } });
    assert.deepEqual(verdictOf('proven').reasons, ['policy.threat_proven']);
    assert.deepEqual(verdictOf('claimed').reasons, []);
  });

  it('refuses a device that its vendor keeps the mark of a ban on', () => {
    const verdictOf = (mark: boolean) => judge(withFact(iosFacts(), 'history.banMark', mark));
    assert.deepEqual([verdictOf(true).tier, verdictOf(true).reasons], ['contraindicated', ['policy.device_marked']]);
    assert.deepEqual([verdictOf(false).tier, verdictOf(false).reasons], ['affirming', []]);
  });

  it('refuses every failure but an unchecked revocation list', () => {
    for (const [rule, good, path, bad] of rows) {
      assert.equal(isPassing(judge(withFact(good(), path, bad))), rule === 'android.revocation', rule);
    }
  });

  it('marks an unchecked revocation list and takes assurance for it', () => {
    for (const value of ['not_checked', undefined]) {
      const verdict = judge(withFact(androidFacts(), 'chain.revocation', value));
      assert.deepEqual([verdict.tier, verdict.assurance], ['warning', 'substantial']);
    }
  });

  it('takes no claim for proof, in any rule', () => {
    for (const [rule, good, path] of rows) {
      const fact = FACTS[path].read(good());
      assert.equal(fact.known, 'proven');
      assert.ok(failing(withFact(good(), path, knownValue(fact), 'claimed')).includes(rule), `${rule}: ${path}`);
    }
  });

  it('never gives high to an iPhone, even where its app says hardware', () => {
    for (const known of ['claimed', 'proven'] as const) {
      assert.equal(judge(withFact(iosFacts(), 'key.protection', 'hardware', known)).assurance, 'substantial');
    }
  });

  it('accepts systems that send no validation category', () => {
    assert.equal(judge(withFact(iosFacts(), 'app.category', undefined)).tier, 'affirming');
  });

  it('begins at rejected', () => assert.equal(isPassing(judge(noFacts())), false));

  it('never judges better when a proven fact is removed; only the category may be missing', () => {
    const asking = STRICT_POLICY.rules.filter(({ require }) => require.text.includes('!has(')).map(({ id }) => id);
    assert.deepEqual(asking, ['ios.category']);
    const changes = fc.constantFrom(...rows.map(([, , path, bad]) => [path, bad] as const));
    fc.assert(
      fc.property(
        fc.constantFrom(androidFacts(), iosFacts()),
        fc.array(changes, { maxLength: 3 }),
        fc.constantFrom(...FACT_PATHS),
        (base, made, path) => {
          const facts = made.reduce((each, [changed, bad]) => withFact(each, changed, bad), base);
          if (path === 'app.category' || !provenPaths(facts).includes(path)) return;
          assert.ok(isNoBetter(judge(withFact(facts, path, undefined)), judge(facts)));
        },
      ),
      { seed: 3, numRuns: 2000 },
    );
  });
});

describe('the strict policy for development', () => {
  const judgeDevelopment = (facts: Facts) => evaluatePolicy(STRICT_DEVELOPMENT_POLICY, facts, { at: 0 });

  it('accepts builds from a developer’s machine', () => {
    const facts = withFact(withFact(iosFacts(), 'app.environment', 'development'), 'app.category', 'development');
    assert.equal(judgeDevelopment(facts).tier, 'affirming');
    assert.equal(judge(facts).tier, 'contraindicated');
  });

  it('is otherwise the strict policy', () => {
    const lines = (text: string) => text.split('\n');
    const changed = lines(STRICT_POLICY.source).filter(
      (line, at) => line !== lines(STRICT_DEVELOPMENT_POLICY.source)[at],
    );
    assert.deepEqual(
      changed.map((line) => line.trim().split(':')[0]),
      ['name', 'ios_environments', 'ios_categories'],
    );
  });
});

describe('the strict policy on other terms', () => {
  it('can demand a launch category', () => {
    const absent = withFact(iosFacts(), 'app.category', undefined);
    assert.equal(evaluatePolicy(strictPolicy({ isCategoryRequired: true }), absent, { at: 0 }).tier, 'contraindicated');
    assert.equal(evaluatePolicy(strictPolicy(), absent, { at: 0 }).tier, 'affirming');
  });
});
