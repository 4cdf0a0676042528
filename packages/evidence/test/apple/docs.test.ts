import { describeVectors } from '../../../../tools/vectors.ts';
import { ASSERTION_CHECKS, ATTESTATION_CHECKS, RECEIPT_CHECKS } from '../../src/index.ts';
import { derivedCases, syntheticCases } from '../support/apple-vectors.ts';
import { describeRows, readPage, testRefusals } from '../support/documentation.ts';

const PAGE = readPage('apple-app-attest.md');

describeRows(PAGE, [...ATTESTATION_CHECKS, ...ASSERTION_CHECKS, ...RECEIPT_CHECKS], 'apple');

describeVectors('documentation of App Attest against the vectors', (dir) => {
  const cases = [...derivedCases(dir), ...syntheticCases(dir)];
  const refused = cases.filter(({ label, vector }) => label.startsWith('derived') || vector.expected !== 'accept');
  testRefusals(PAGE, /^(derived|synthetic) (attestation|assertion): /, refused);
});
