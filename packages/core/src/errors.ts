/**
 * Errors by whose problem it is (DESIGN 4). Only an {@link EvidenceError} or a policy's verdict may become a refusal;
 * every other family is a fault and can never become acceptance, nor be counted as a refusal.
 */

/** What an operator is told about a failure. Never shown to a device. No secret, token, key or evidence bytes in here. */
export interface Detail {
  /** Document and clause that the failed step follows, for example `RFC 5280 6.1.3 (a)(2)`. */
  readonly clause?: string | undefined;
  readonly expected?: string | undefined;
  readonly found?: string | undefined;
  /** The next step, in the imperative. */
  readonly hint?: string | undefined;
  /** Byte offset into the input, for decoding faults. */
  readonly offset?: number | undefined;
}

export type ErrorFamily = 'evidence' | 'request' | 'upstream' | 'config';

/** Base of the four families. `code` is a registered reason code, stable for ever. */
export abstract class AssayError extends Error {
  abstract readonly family: ErrorFamily;
  readonly code: string;
  readonly detail: Detail;

  constructor(code: string, message: string, detail: Detail = {}, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
    this.code = code;
    this.detail = detail;
  }
}

/** The device's proof does not hold. Becomes a refusal. */
export class EvidenceError extends AssayError {
  readonly family = 'evidence';
}

/** The caller's input is not what it must be: undecodable, oversized, of the wrong purpose. Becomes a 4xx, changes no state. */
export class RequestError extends AssayError {
  readonly family = 'request';
}

/** A dependency (vendor service, store) failed. `retryable` says whether the same call may work later. */
export class UpstreamError extends AssayError {
  readonly family = 'upstream';
  readonly retryable: boolean;

  constructor(code: string, message: string, retryable: boolean, detail: Detail = {}, options?: ErrorOptions) {
    super(code, message, detail, options);
    this.retryable = retryable;
  }
}

/** The operator's configuration cannot be served: an empty list of roots, a missing key, a test root in production. */
export class ConfigError extends AssayError {
  readonly family = 'config';
}
