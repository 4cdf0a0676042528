import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { creationTime } from '../../../../src/apple/receipt/checks/creation-time.ts';
import { testFaults } from '../../../support/check-faults.ts';
import { fieldsWith } from '../../../support/mint-receipt.ts';
import { receiving } from '../../../support/run-apple.ts';

const created = (time: string) => receiving({ fields: fieldsWith(12, time) });

describe('receipt creation time', () => {
  testFaults(creationTime, [
    { name: 'six minutes ago', code: 'apple.receipt_stale', run: created('2026-11-20T23:54:00Z') },
    { name: 'in six minutes', code: 'apple.receipt_from_future', run: created('2026-11-21T00:06:00Z') },
  ]);

  it('admits five minutes on either side', () => {
    assert.equal(created('2026-11-20T23:55:00Z')().outcome, 'verified');
    assert.equal(created('2026-11-21T00:05:00Z')().outcome, 'verified');
  });

  it('does not judge a stored receipt', () => {
    const stored = receiving({ fields: fieldsWith(12, '2026-11-01T00:00:00Z') }, { maxCreationAgeMs: 'any' });
    assert.equal(stored().outcome, 'verified');
  });
});
