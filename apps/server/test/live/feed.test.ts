import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  type Appraisal,
  type AppraisalRecord,
  type CheckResult,
  noFacts,
  type Order,
  type Reason,
  type RejectionSample,
  type Verdict,
} from '@assay/core';
import { type FeedItem, toFeedItem } from '../../src/live/feed.ts';

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

  const appraisal: Omit<Appraisal, 'verdict' | 'record'> = {
    ...{ iss: REJECTION.iss, id: '1', support: REJECTION.support, app: 'a', at: 1, jkt: 'the key', purpose: 'enrol' },
    ...{ lineage: 'the lineage', format: 'f', platform: null, requestHash: 'r', facts: noFacts(), checks: [] },
  };
  const REFUSED = {
    ...{ tier: 'contraindicated', assurance: 'none', reasons: ['a.b'], policy: 'strict@1', trace: [] },
  } as const satisfies Verdict;

  const itemOf = (verdict: Verdict, record: Partial<AppraisalRecord> = {}) => {
    const judged = { ...appraisal, verdict, record: { ...RECORD, ...record } };
    return toFeedItem({ type: 'appraisal', appraisal: judged, result: 'ok', timings: {} }, reasons);
  };
  const marksOf = (item: FeedItem | undefined) => item?.marks?.map(({ name, text }) => [name, text]) ?? [];
  const loud = (item: FeedItem | undefined) => item?.marks?.flatMap((mark) => mark.loud ?? []);

  it('says what a verdict is worth and by which policy', () => {
    const item = itemOf(REFUSED);
    assert.deepEqual([item?.outcome, item?.headline], ['refused', 'enrol: contraindicated, assurance none']);
    const plain = [
      ['tier', 'contraindicated'],
      ['assurance', 'none'],
      ['policy', 'strict@1'],
    ];
    assert.deepEqual([marksOf(item), loud(item)], [plain, []]);
  });

  it('says why an install passes that its policy refuses', () => {
    const item = itemOf({ ...REFUSED, admitted: 'monitor' }, { rollout: { stage: 'monitor', percent: 100 } });
    assert.equal(item?.outcome, 'pass');
    assert.deepEqual(marksOf(item).slice(3), [
      ['roll-out', 'monitor'],
      ['let through', 'monitor'],
    ]);
    assert.deepEqual(loud(item), ['let through although refused: monitor']);
  });

  it('says what could not be asked, which orders had a say, what the policy notes, and what shadows would say', () => {
    const verdict: Verdict = {
      ...{ tier: 'affirming', assurance: 'low', reasons: [], policy: 'house@3', trace: [] },
      ...{ degraded: ['play_unavailable'], annotations: { channel: 'store', hours: 3 } },
    };
    const shadow = { policy: 'strict@1', tier: 'none', assurance: 'none', reasons: [] } as const;
    const record = { orders: ['o1', 'o2'], rollout: { stage: 'enforce', percent: 10 }, shadows: [shadow] } as const;
    const item = itemOf(verdict, record);
    assert.deepEqual(marksOf(item).slice(3), [
      ['roll-out', 'enforce 10 %'],
      ['degraded', 'play_unavailable'],
      ['orders', 'o1, o2'],
      ['annotations', 'channel = store, hours = 3'],
      ['shadows', 'strict@1: none'],
    ]);
    assert.deepEqual(loud(item), ['degraded: play_unavailable', 'by order']);
  });

  it('says of formats that no genuine sample has proven that it is so', () => {
    const facts = { ...noFacts(), evidence: ['android-key', 'play-integrity'] };
    const judged = { ...appraisal, facts, verdict: REFUSED, record: RECORD };
    const item = toFeedItem({ type: 'appraisal', appraisal: judged, result: 'refused', timings: {} }, reasons);
    assert.deepEqual(marksOf(item).at(-1), ['tested with', 'synthetic samples alone: Google Play Integrity']);
  });

  it('tells that a rule banned, and not whom', () => {
    const order: Order = {
      ...{
        iss: REJECTION.iss,
        id: 'o3',
        effect: 'ban',
        target: 'lineage',
        value: 'the lineage',
        app: 'a',
        policy: null,
      },
      ...{ reason: 'Hooked.', author: 'policy:house/hooks', createdAt: 1, expiresAt: 86_400_000, endedAt: null },
    };
    const item = toFeedItem({ type: 'ban', order }, reasons);
    assert.deepEqual([item?.kind, item?.headline, item?.why], ['order', 'banned: lineage', 'Hooked.']);
    assert.deepEqual(marksOf(item), [
      ['order', 'o3'],
      ['by', 'policy:house/hooks'],
      ['until', '1970-01-02T00:00:00.000Z'],
    ]);
    assert.doesNotMatch(JSON.stringify(item), /the lineage/);
  });

  it('holds nothing that follows a device or an address', () => {
    const item = toFeedItem({ type: 'rejection', rejection: REJECTION }, reasons);
    assert.doesNotMatch(JSON.stringify(item), /c2VjcmV0|addressHmac/);
    assert.doesNotMatch(JSON.stringify(itemOf(REFUSED)), /the key|the lineage/);
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
