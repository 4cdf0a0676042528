/**
 * The documents that the checks follow, as read in November 2026: "Integrity verdicts" (developer.android.com/google/play/
 * integrity/verdicts), "Make a standard API request" and "Make a classic API request" (…/standard, …/classic, with "Decrypt
 * and verify the integrity verdict"), RFC 7515 and RFC 7516. No genuine token with its keys is public: what stands here was
 * proven on tokens of our own making.
 */
const VERDICTS = 'Play Integrity, Integrity verdicts';
const CLASSIC = 'Play Integrity, Make a classic API request';

export const CLAUSE = {
  token: 'RFC 7516 7.1, with the algorithms of Play',
  decryption: `${CLASSIC}, Decrypt and verify`,
  signature: `${CLASSIC}, Decrypt and verify; RFC 7515 5.2`,
  payload: VERDICTS,
  requestPackage: `${VERDICTS}, Request details field`,
  binding: 'Play Integrity, Protect requests with requestHash or nonce',
  age: `${VERDICTS}, Request details field`,
  app: `${VERDICTS}, Application integrity field`,
} as const;
