import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  type Appraisal,
  type AppraisalRecord,
  type CheckResult,
  noFacts,
  type Reason,
  type RejectionSample,
  type Verdict,
} from '@assay/core';
import { toFeedItem } from '../../src/live/feed.ts';

const REASON: Reason = {
  ...{ code: 'apple.nonce_mismatch', family: 'evidence', class: 'evidence', action: 'reenroll' },
  ...{ summary: 'the nonce is not ours.', hint: 'look for replays' },
};
const CHECKS: readonly CheckResult[] = [
  { check: 'apple.format', clause: 'step 1', proves: 'it decodes', outcome: 'passed' },
  {
    ...{ check: 'apple.nonce', clause: 'step 4', proves: 'it answers our challenge', outcome: 'failed' },
    ...{ note: 'not ours', code: 'apple.nonce_mismatch', detail: { expected: 'aa', found: 'bb' } },
  },
  { check: 'apple.counter', clause: 'step 7', proves: 'the counter is zero', outcome: 'not_run' },
];
const REJECTION: RejectionSample = {
  ...{ iss: 'https://attest.example.com/t/main/e/dev', app: 'com.example.bank', code: 'apple.nonce_mismatch', at: 1 },
  ...{ support: '7KQ2M-9XR4T-V', checks: CHECKS, addressHmac: 'c2VjcmV0' },
};
const RECORD: AppraisalRecord = {
  ...{ evidenceDigests: [], certificates: [], challenge: 'c', at: 1, anchor: null, anchorsVersion: 'test' },
  ...{ statusListVersion: null, sdk: null, pinset: null, bundledPinset: null, challengeAgeMs: 0 },
  ...{ addressHmac: null, latencyMs: {} },
};
const reasons = new Map([[REASON.code, REASON]]);

describe('an item of the live page', () => {
  it('names code, next step, and the steps with clause, expected and found', () => {
    const item = toFeedItem({ type: 'rejection', rejection: REJECTION }, reasons);
    assert.equal(item?.outcome, 'refused');
    assert.equal(item.code, 'apple.nonce_mismatch');
    assert.equal(item.why, 'The nonce is not ours. Next: look for replays');
    assert.deepEqual(
      item.steps.map(({ name, outcome }) => [name, outcome]),
      [
        ['apple.format', 'passed'],
        ['apple.nonce', 'failed'],
        ['apple.counter', 'not_run'],
      ],
    );
    const [passed, failed] = item.steps;
    assert.equal(passed?.note, 'it decodes');
    assert.deepEqual([failed?.clause, failed?.expected, failed?.found], ['step 4', 'aa', 'bb']);
  });

  it('says why an install passes that its policy refuses', () => {
    const verdict = { tier: 'contraindicated', assurance: 'none', reasons: [], policy: 'strict@1', trace: [] } as const;
    const appraisal: Omit<Appraisal, 'verdict'> = {
      ...{ iss: REJECTION.iss, id: '1', support: REJECTION.support, app: 'a', at: 1, jkt: 'j' },
      purpose: 'enrol',
      ...{ lineage: 'l', format: 'f', platform: null, requestHash: 'r', facts: noFacts(), checks: [], record: RECORD },
    };
    const itemOf = (admitted: Pick<Verdict, 'admitted'>) =>
      toFeedItem(
        {
          type: 'appraisal',
          appraisal: { ...appraisal, verdict: { ...verdict, ...admitted } },
          result: 'ok',
          timings: {},
        },
        reasons,
      );
    const told = itemOf({ admitted: 'monitor' });
    assert.deepEqual(
      [told?.outcome, told?.headline],
      ['pass', 'enrol: contraindicated, assurance none, let through: monitor'],
    );
    assert.equal(itemOf({})?.outcome, 'refused');
  });

  it('holds nothing that follows a device or an address', () => {
    const item = toFeedItem({ type: 'rejection', rejection: REJECTION }, reasons);
    assert.doesNotMatch(JSON.stringify(item), /c2VjcmV0|addressHmac/);
  });

  it('says nothing about a code that nobody registered', () => {
    assert.equal(toFeedItem({ type: 'rejection', rejection: REJECTION }, new Map())?.why, '');
  });

  it('is not made of events that are only counted', () => {
    const iss = REJECTION.iss;
    assert.equal(toFeedItem({ type: 'challenge', iss, purpose: 'enrol' }, reasons), undefined);
    assert.equal(toFeedItem({ type: 'token', iss, platform: 'ios', assurance: 'high' }, reasons), undefined);
    assert.equal(toFeedItem({ type: 'delivery', iss, secret: 'maps', delivered: true }, reasons), undefined);
  });
});
