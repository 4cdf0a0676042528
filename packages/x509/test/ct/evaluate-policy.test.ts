import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { APPLE_CT_POLICY, CHROME_CT_POLICY, type CtPolicy, evaluateCtPolicy, type SctOrigin } from '@assay/x509';
import fc from 'fast-check';
import { mintLog, type TestLog } from '../support/ct.ts';
import { DAY, NOW } from '../support/mint.ts';

const SIGNED = NOW - 10 * DAY;

const a1 = mintLog({ operator: 'A' });
const a2 = mintLog({ operator: 'A' });
const a3 = mintLog({ operator: 'A' });
const b1 = mintLog({ operator: 'B' });
const staticA = mintLog({ operator: 'A', api: 'static-ct-api' });
const staticB = mintLog({ operator: 'B', api: 'static-ct-api' });
const staticC = mintLog({ operator: 'C', api: 'static-ct-api' });
const since = (name: 'retired' | 'rejected' | 'pending' | 'readonly' | 'qualified', time: number): TestLog =>
  mintLog({ operator: 'B', state: { name, since: time } });
const retired = since('retired', NOW - DAY);
const retiredBefore = since('retired', SIGNED - 1);
const retiring = since('retired', NOW + DAY);
const unlisted = mintLog({ operator: 'B', state: undefined });
const sold = mintLog({ operator: 'A', previousOperators: [{ name: 'B', until: NOW }] });

const valid = (origin: SctOrigin, ...logs: readonly TestLog[]) =>
  logs.map((log) => ({ origin, outcome: { status: 'valid', log, timestamp: SIGNED } as const }));
const embedded = (...logs: readonly TestLog[]) => valid('embedded', ...logs);
const tls = (...logs: readonly TestLog[]) => valid('tls', ...logs);
const ocsp = (...logs: readonly TestLog[]) => valid('ocsp', ...logs);

/** A lifetime of so many days to the second: both ends count, so it ends one second before. */
const lifetime = (days: number) => ({ notBefore: SIGNED, notAfter: SIGNED + days * DAY - 1000 });
const invalid = [
  { origin: 'embedded', outcome: { status: 'invalid', code: 'ct.signature_invalid', log: b1 } } as const,
];
const unknown = [{ origin: 'embedded', outcome: { status: 'unknown_log', code: 'ct.log_unknown' } } as const];

type Scts = Parameters<typeof evaluateCtPolicy>[1]['scts'];

function judge(policy: CtPolicy, days: number, scts: Scts): readonly string[] {
  const { met, why } = evaluateCtPolicy(policy, { leaf: lifetime(days), scts, at: NOW });
  assert.equal(met, why.length === 0);
  return why;
}

describe("Chrome's policy", () => {
  for (const [what, days, scts] of [
    ['two logs of two operators for 180 days', 180, embedded(a1, b1)],
    ['three logs for more', 181, embedded(a1, b1, a2)],
    ['three logs, whatever the lifetime', 825, embedded(a1, b1, a2)],
    ['a log that was retired after it signed', 90, embedded(a1, retired)],
    ['a log that is yet to be retired', 90, embedded(staticA, retiring)],
    [
      'logs that are qualified or read-only',
      90,
      embedded(staticA, since('qualified', 0)).concat(embedded(since('readonly', 0))),
    ],
    ['one RFC 6962 log among static ones', 90, embedded(a1, staticB)],
    ['two by the handshake', 825, tls(a1, b1)],
    ['one by the handshake of a log that is yet to be retired', 825, tls(a1, retiring)],
    ['one by each way beside the certificate', 825, [...tls(a1), ...ocsp(b1)]],
    ['enough beside others that count for nothing', 90, [...embedded(a1, b1, unlisted), ...invalid, ...unknown]],
    ['a log that had another operator when it signed', 90, embedded(a1, sold)],
  ] as const) {
    it(`is met by ${what}`, () => assert.deepEqual(judge(CHROME_CT_POLICY, days, scts), []));
  }

  for (const [what, days, scts, why] of [
    ['one log', 90, embedded(a1), ['ct.policy_count', 'ct.policy_operators']],
    ['one log twice', 90, embedded(a1, a1), ['ct.policy_count', 'ct.policy_operators']],
    ['two logs for 180 days and a second', 180 + 1 / 86_400, embedded(a1, b1), ['ct.policy_count']],
    ['two logs of one operator', 90, embedded(a1, a2), ['ct.policy_operators']],
    ['static logs alone', 90, embedded(staticA, staticB), ['ct.policy_rfc6962']],
    [
      'a log that was retired before it signed',
      90,
      embedded(a1, retiredBefore),
      ['ct.policy_count', 'ct.policy_operators'],
    ],
    ['a rejected log', 90, embedded(a1, since('rejected', 0)), ['ct.policy_count', 'ct.policy_operators']],
    [
      'a rejected log, even if rejected later',
      90,
      embedded(a1, since('rejected', NOW + 1)),
      ['ct.policy_count', 'ct.policy_operators'],
    ],
    ['a pending log', 90, embedded(a1, since('pending', 0)), ['ct.policy_count', 'ct.policy_operators']],
    ['a log without a state', 90, embedded(a1, unlisted), ['ct.policy_count', 'ct.policy_operators']],
    ['a timestamp that does not verify', 90, [...embedded(a1), ...invalid], ['ct.policy_count', 'ct.policy_operators']],
    [
      'one embedded and one by handshake',
      90,
      [...embedded(a1), ...tls(b1)],
      ['ct.policy_count', 'ct.policy_operators'],
    ],
    [
      'a retired log by handshake',
      90,
      tls(a1, retired),
      ['ct.policy_count', 'ct.policy_current', 'ct.policy_operators'],
    ],
  ] as const) {
    it(`is not met by ${what}`, () => assert.deepEqual(judge(CHROME_CT_POLICY, days, scts), why));
  }

  it('wants one log that is approved today', () => {
    const old = mintLog({ operator: 'A', state: { name: 'retired', since: NOW - DAY } });
    assert.deepEqual(judge(CHROME_CT_POLICY, 90, embedded(old, retired)), ['ct.policy_current']);
  });

  it('says of nothing at all what the certificate lacks', () => {
    const { met, why, rows } = evaluateCtPolicy(CHROME_CT_POLICY, { leaf: lifetime(90), scts: [], at: NOW });
    assert.equal(met, false);
    assert.deepEqual(why, ['ct.policy_count', 'ct.policy_current', 'ct.policy_operators', 'ct.policy_rfc6962']);
    assert.deepEqual(rows[0], { way: 'embedded', code: 'ct.policy_count', wanted: 2, found: 0, met: false });
    assert.equal(rows.length, 10);
  });
});

describe("Apple's policy", () => {
  for (const [what, days, scts] of [
    ['two logs of two operators for 180 days', 180, embedded(a1, b1)],
    ['two logs of one operator and one of another for 398 days', 398, embedded(a1, a2, b1)],
    ['a log that was retired after it signed', 90, embedded(a1, retired)],
    ['two current logs, one of them by handshake', 825, [...embedded(a1), ...tls(a2)]],
    ['two current logs, one of them by OCSP', 825, [...embedded(a1), ...ocsp(b1)]],
  ] as const) {
    it(`is met by ${what}`, () => assert.deepEqual(judge(APPLE_CT_POLICY, days, scts), []));
  }

  for (const [what, days, scts, why] of [
    ['two logs of one operator for 180 days', 180, embedded(a1, a2), ['ct.policy_count']],
    ['three logs of one operator for more', 181, embedded(a1, a2, a3), ['ct.policy_count']],
    ['two logs for more than 180 days', 181, embedded(a1, b1), ['ct.policy_count']],
    ['any embedded logs for more than 398 days', 399, embedded(a1, b1, a2), ['ct.policy_lifetime']],
    ['static logs alone', 90, embedded(staticA, staticB), ['ct.policy_rfc6962']],
    ['static logs alone, three of them', 200, embedded(staticA, staticB, staticC), ['ct.policy_rfc6962']],
    ['the same log inside and beside', 90, [...embedded(a1), ...tls(a1)], ['ct.policy_count']],
  ] as const) {
    it(`is not met by ${what}`, () => assert.deepEqual(judge(APPLE_CT_POLICY, days, scts), why));
  }

  it('wants a delivered timestamp where too few are embedded', () => {
    const { rows } = evaluateCtPolicy(APPLE_CT_POLICY, { leaf: lifetime(399), scts: embedded(a1, b1), at: NOW });
    const unmet = rows.filter(({ met }) => !met).map(({ way, code }) => [way, code]);
    assert.deepEqual(unmet, [
      ['embedded', 'ct.policy_lifetime'],
      ['delivered', 'ct.policy_delivered'],
    ]);
  });
});

describe('every policy', () => {
  const logs = [a1, a2, b1, staticA, staticB, staticC, retired, retiredBefore, retiring, unlisted, sold];
  const delivered = fc.record({
    log: fc.constantFrom(...logs),
    origin: fc.constantFrom<SctOrigin>('embedded', 'tls', 'ocsp'),
  });
  const toScts = (given: readonly { readonly log: TestLog; readonly origin: SctOrigin }[]) =>
    given.flatMap(({ log, origin }) => valid(origin, log));

  for (const policy of [CHROME_CT_POLICY, APPLE_CT_POLICY]) {
    it(`${policy.id}: one timestamp more, in any place, takes nothing away`, () => {
      const some = fc.array(delivered, { maxLength: 6 });
      fc.assert(
        fc.property(some, some, fc.integer({ min: 1, max: 500 }), (before, after, days) => {
          const isMet = (given: Parameters<typeof toScts>[0]) => judge(policy, days, toScts(given)).length === 0;
          if (isMet(before)) assert.ok(isMet([...after, ...before]) && isMet([...before, ...after]));
        }),
        { numRuns: 1000, seed: 20261121 },
      );
    });
  }
});
