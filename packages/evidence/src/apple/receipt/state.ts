import type { Certificate, ValidatedPath } from '@assay/x509';
import { type ChainMemory, FORGETFUL } from '../../shared/chain-memory.ts';
import { Once } from '../../shared/once.ts';
import type { AppleTrust } from '../trust.ts';
import type { SignedData } from './cms.ts';
import type { ReceiptPayload } from './payload.ts';

export interface ReceiptInput {
  /** The receipt of the attestation object, or Apple's answer to a refresh (decoded from base64). */
  readonly receipt: Uint8Array;
  /** App IDs that may appear, `TEAMID.bundle.id`. */
  readonly appIds: readonly string[];
  /** The stored key that the receipt must be about: its uncompressed point. */
  readonly publicKey: Uint8Array;
  /**
   * How far the creation time may lie from `at`, in milliseconds, on either side. Apple advises five minutes for a receipt
   * that was just received; `any` is for one out of storage, whose age is no fault.
   */
  readonly maxCreationAgeMs: number | 'any';
}

export interface ReceiptContext {
  readonly trust: Pick<AppleTrust, 'receipt'>;
  /** Epoch milliseconds. */
  readonly at: number;
  /** Keeps Apple's intermediates, which halves the work of every later call. */
  readonly memory?: ChainMemory;
}

export interface SignerCertificates {
  readonly certificate: Certificate;
  /** The issuer of the signer's certificate, if it came along. */
  readonly issuers: readonly Certificate[];
}

/** What the checks read and fill, in the order of `RECEIPT_CHECKS`. */
export interface ReceiptState {
  readonly input: ReceiptInput;
  readonly context: ReceiptContext;
  readonly memory: ChainMemory;
  readonly signed: Once<SignedData>;
  readonly payload: Once<ReceiptPayload>;
  readonly signer: Once<SignerCertificates>;
  readonly path: Once<ValidatedPath>;
}

export function createState(input: ReceiptInput, context: ReceiptContext): ReceiptState {
  return {
    input,
    context,
    memory: context.memory ?? FORGETFUL,
    signed: new Once(),
    payload: new Once(),
    signer: new Once(),
    path: new Once(),
  };
}
