import { describe } from 'node:test';
import { payload } from '../../../../src/apple/receipt/checks/payload.ts';
import { type Fault, testFaults } from '../../../support/check-faults.ts';
import { fieldsWith } from '../../../support/mint-receipt.ts';
import { receiving } from '../../../support/run-apple.ts';

const code = 'apple.receipt_payload_malformed';

const field = (name: string, id: number, value: string | Uint8Array | undefined): Fault => ({
  name,
  code,
  run: receiving({ fields: fieldsWith(id, value) }),
});

describe('receipt payload', () => {
  testFaults(payload, [
    field('no App ID', 2, undefined),
    field('no certificate', 3, undefined),
    field('no client data hash', 4, undefined),
    field('no token', 5, undefined),
    field('no creation time', 12, undefined),
    field('no expiration time', 21, undefined),
    field('an App ID that is not UTF-8', 2, Uint8Array.of(0xff)),
    field('an unknown type', 6, 'ATTESTED'),
    field('a type from the prototype', 6, 'constructor'),
    field('a time without zone', 12, '2026-11-20T23:59:00'),
    field('a time with an offset', 12, '2026-11-20T23:59:00+01:00'),
    field('a day that does not exist', 12, '2026-02-30T00:00:00Z'),
    field('a negative metric', 17, '-1'),
    field('a metric in words', 17, 'two'),
    { name: 'a field twice', code, run: receiving({ extraFields: [[5, Uint8Array.of(0x74)]] }) },
  ]);
});
