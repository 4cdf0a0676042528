import { describe } from 'node:test';
import type { CborValue } from '@assay/formats';
import { object } from '../../../../src/apple/attestation/checks/object.ts';
import { testFaults } from '../../../support/check-faults.ts';
import { attesting } from '../../../support/run-apple.ts';

const without =
  (name: string) =>
  (members: ReadonlyMap<string, CborValue>): CborValue =>
    new Map([...members].filter(([key]) => key !== name));

describe('attestation object', () => {
  testFaults(object, [
    { name: 'another format', code: 'apple.format_unexpected', run: attesting({ format: 'apple' }) },
    {
      name: 'bytes after the object',
      code: 'apple.attestation_malformed',
      run: attesting({ objectTail: Uint8Array.of(0) }),
    },
    { name: 'no statement', code: 'apple.attestation_malformed', run: attesting({ members: without('attStmt') }) },
    { name: 'no data', code: 'apple.attestation_malformed', run: attesting({ members: without('authData') }) },
    { name: 'no format', code: 'apple.attestation_malformed', run: attesting({ members: without('fmt') }) },
    { name: 'a list', code: 'apple.attestation_malformed', run: attesting({ members: () => [] }) },
    {
      name: 'larger than any genuine object',
      code: 'apple.attestation_malformed',
      run: attesting({ members: (members) => members.set('padding', new Uint8Array(16 * 1024)) }),
    },
  ]);
});
