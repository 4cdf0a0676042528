import { API_PROBLEMS, PROBLEMS } from '@assay/tokens';

/** One public answer: what a refusal with it looks like. */
export interface Answer {
  readonly status: number;
  /** RFC 9457 `title`. */
  readonly title: string;
  /** `error` of the challenge; null: a challenge without; absent: no challenge at all. */
  readonly error?: string | null;
  readonly retryAfterSeconds?: number;
  /**
   * At stage `soft`: whether the request goes on without attestation. It does where it carries no token, a genuine one that a
   * fresher attestation would mend, or one that nobody could check: its sender gains nothing over sending none.
   */
  readonly passesSoft: boolean;
  /**
   * Whether an API of sealed tokens answers as for any bad token instead: it would tell what the issuer kept to itself, since a
   * refused install holds a token too.
   */
  readonly isHiddenWhenSealed?: true;
}

const { attestation_required, invalid_token, invalid_dpop_proof, use_dpop_nonce, use_fresh_attestation } = API_PROBLEMS;
const { request_too_large, vendor_unavailable, overloaded, server_misconfigured } = PROBLEMS;

const down = ({ status, title }: { status: number; title: string }, retryAfterSeconds: number): Answer => ({
  status,
  title,
  retryAfterSeconds,
  passesSoft: true,
});

/** Every answer of this package (RFC 9449 7.1, RFC 6750 3.1, and the OAuth attestation draft). */
export const ANSWERS = {
  attestation_required: { ...attestation_required, error: null, passesSoft: true },
  invalid_token: { ...invalid_token, passesSoft: false },
  invalid_dpop_proof: { ...invalid_dpop_proof, passesSoft: false, isHiddenWhenSealed: true },
  use_dpop_nonce: { ...use_dpop_nonce, passesSoft: false },
  use_fresh_attestation: { ...use_fresh_attestation, passesSoft: true, isHiddenWhenSealed: true },
  attestation_denied: { ...API_PROBLEMS.attestation_denied, passesSoft: false, isHiddenWhenSealed: true },
  request_too_large: { status: request_too_large.status, title: request_too_large.title, passesSoft: false },
  /** A verifier asks for an issuer's keys once in 30 s at most. */
  vendor_unavailable: down(vendor_unavailable, 30),
  overloaded: down(overloaded, 10),
  server_misconfigured: { status: server_misconfigured.status, title: server_misconfigured.title, passesSoft: false },
} as const satisfies Readonly<Record<string, Answer>>;

export type AnswerCode = keyof typeof ANSWERS;
