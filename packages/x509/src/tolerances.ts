/**
 * Deviations from DER and RFC 5280 that genuine devices show. Each must be named by the caller: without a list,
 * parsing is strict. None of them touches what is signed: the original bytes are kept and verified.
 */
export type Tolerance =
  /** Content beside the OID in a signature AlgorithmIdentifier (Google's StrongBox sample). */
  | 'algorithm_trailing_bytes'
  /** A BOOLEAN written 0x01 instead of 0xFF. */
  | 'non_der_boolean'
  | 'negative_serial'
  | 'zero_serial'
  /** A time that is not in the DER form of UTCTime or GeneralizedTime; taken as the epoch, so never in the future. */
  | 'non_positive_time';

/** What genuine Android key attestation chains need. To be passed by the Android verifier only. */
export const ANDROID_TOLERANCES: readonly Tolerance[] = [
  'algorithm_trailing_bytes',
  'non_der_boolean',
  'negative_serial',
  'zero_serial',
  'non_positive_time',
];

/** The tolerances asked for. */
export type Tolerances = readonly Tolerance[];
