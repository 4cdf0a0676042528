import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { LINT_RULES, type LintContext, type LintRule, lintPinSet, type PinSet } from '@assay/pins';
import { BACKUP, host, ISSUER, LIVE, lint, NOW, pinSet, root } from './documents.ts';

const DAY = 86_400;
const SECONDS = NOW / 1000;
const withHost = (change: object): Partial<PinSet> => ({ hosts: [{ ...host, ...change }] });

/** Each differs from a clean set in one point. */
const rows: readonly [LintRule, Partial<PinSet>, Partial<LintContext>][] = [
  ['single_pin', withHost({ spki: [BACKUP] }), { served: new Map([[host.h, [BACKUP, LIVE]]]) }],
  ['live_mismatch', {}, { served: new Map([[host.h, [ISSUER]]]) }],
  ['no_backup', {}, { served: new Map([[host.h, [LIVE, BACKUP]]]) }],
  ['placeholder_pin', withHost({ spki: [LIVE, '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='] }), {}],
  ['placeholder_pin', withHost({ spki: [LIVE, `${'A'.repeat(43)}=`] }), {}],
  ['revoked_pin_listed', withHost({ revoked: [BACKUP] }), {}],
  ['already_expired', withHost({ exp: SECONDS }), {}],
  ['already_expired', { iat: SECONDS - DAY, nbf: SECONDS - DAY, exp: SECONDS }, {}],
  ['open_on_expiry', { on_expiry: 'system' }, {}],
  ['root_ends_first', { exp: SECONDS + 100 * DAY }, { root: { ...root, exp: SECONDS + 99 * DAY } }],
  ['expires_soon', { exp: SECONDS + 6 * DAY }, {}],
  ['expires_late', { exp: SECONDS + 367 * DAY }, {}],
  ['root_expires_soon', {}, { root: { ...root, exp: SECONDS + 89 * DAY } }],
  ['not_checked_live', {}, { served: new Map() }],
];

describe('lint of a pin set', () => {
  it('finds nothing in a clean one', () => assert.deepEqual(lintPinSet(pinSet, lint), []));

  it('has a row below for every rule', () => {
    assert.deepEqual([...new Set(rows.map(([rule]) => rule))].toSorted(), Object.keys(LINT_RULES).toSorted());
  });

  for (const [rule, change, context] of rows) {
    it(`finds ${rule}`, () => {
      const rules = lintPinSet({ ...pinSet, ...change }, { ...lint, ...context }).map((finding) => finding.rule);
      assert.ok(rules.includes(rule), rules.join());
      assert.ok(
        rules.every((each) => each === rule || each === 'no_backup' || each === 'live_mismatch'),
        rules.join(),
      );
    });
  }

  it('lets a set open on expiry only when asked by name', () => {
    assert.deepEqual(lintPinSet({ ...pinSet, on_expiry: 'system' }, { ...lint, acceptOpenOnExpiry: true }), []);
  });

  it('names errors first, and the host', () => {
    const findings = lintPinSet({ ...pinSet, ...withHost({ spki: [LIVE] }), exp: SECONDS + DAY }, { root, now: NOW });
    assert.deepEqual(
      findings.map(({ severity }) => severity),
      ['error', 'warning', 'warning'],
    );
    assert.equal(findings[0]?.host, host.h);
  });
});
