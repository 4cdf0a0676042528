import { type Appraisal, verifyWebEvidence, type WebAnswer, type WebInput, type WebProof } from '../../src/index.ts';

export const NOW = Date.UTC(2026, 10, 21, 12);
export const BINDING = 'A'.repeat(43);
export const HOST = 'shop.example.com';

const ANSWER: WebAnswer = {
  ...{ passed: true, hostname: HOST, action: 'enrol', bound: BINDING },
  solvedAt: NOW - 5_000,
};

/** The verification of one answer, to be run later. */
export function solving(
  answer: Partial<WebAnswer> = {},
  input: Partial<WebInput> = {},
  at: number = NOW,
): () => Appraisal<WebProof> {
  const given: WebInput = {
    ...{ provider: 'turnstile', binding: BINDING, hosts: ['example.com', HOST], action: 'enrol' },
    answer: { ...ANSWER, ...answer },
    ...input,
  };
  return () => verifyWebEvidence(given, { at });
}
