import type { Clock } from '@assay/core';
import { SDK_VERSION } from '../version.ts';
import type { SourceSignal } from './source.ts';

/** As the server's table of signals has it: these names and no others. */
export const OWN_PROVIDER = { provider: 'assay', version: SDK_VERSION } as const;

/** Clocks may differ so much: phones that nobody sets drift by minutes. Milliseconds. */
export const CLOCK_BOUND = 300_000;

/**
 * Codes by which runtimes name a peer whose TLS identity or pins did not hold. A platform that names them otherwise brings a
 * judgement of its own (`isPinFailure`).
 */
const IDENTITY_CODES: ReadonlySet<string> = new Set([
  ...['ERR_TLS_CERT_ALTNAME_INVALID', 'CERT_HAS_EXPIRED', 'CERT_UNTRUSTED', 'CERT_REJECTED', 'CERT_SIGNATURE_FAILURE'],
  ...['DEPTH_ZERO_SELF_SIGNED_CERT', 'SELF_SIGNED_CERT_IN_CHAIN', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
  ...['UNABLE_TO_GET_ISSUER_CERT', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'HOSTNAME_MISMATCH'],
]);

/** Whether a rejected `fetch` says so, in the error or in what caused it. */
export function isIdentityFailure(error: unknown): boolean {
  for (let at = error, depth = 0; at instanceof Error && depth < 4; at = at.cause, depth++) {
    if ('code' in at && typeof at.code === 'string' && IDENTITY_CODES.has(at.code)) return true;
  }
  return false;
}

export interface OwnOptions {
  /** Differences alone. */
  readonly clock: Clock;
  /** The hour of the device, Unix milliseconds. Without it the clocks are not compared. */
  readonly wallClock?: Clock | undefined;
  readonly isPinFailure?: ((error: unknown) => boolean) | undefined;
}

/** What the client itself knows of its surroundings. */
export class OwnSignals {
  readonly #options: OwnOptions;
  /** The hour by the device and by the other clock, when the client was made. */
  readonly #start: { readonly wall: number; readonly clock: number };
  #failures = 0;
  #told = 0;

  constructor(options: OwnOptions) {
    this.#options = options;
    this.#start = { wall: options.wallClock?.() ?? 0, clock: options.clock() };
  }

  /** A call to a pinned host was rejected. Not every failure is one of pins. */
  noteFailure(error: unknown): void {
    const { isPinFailure = isIdentityFailure } = this.#options;
    if (isPinFailure(error)) this.#failures += 1;
  }

  /**
   * What goes into the next statement, with what is to be called when a signed reply has come to it: a failure is told until then.
   *
   * @param serverTime milliseconds that the server signed, and what has gone by since; 0 while none was heard
   */
  say(
    serverTime: number,
    isKeyInSoftware: boolean | undefined,
  ): { readonly signals: readonly SourceSignal[]; readonly heard: () => void } {
    const failures = this.#failures;
    const moved = this.#hasClockMoved(serverTime);
    return {
      signals: [
        { name: 'pin_failure', value: failures > this.#told },
        ...(moved === undefined ? [] : [{ name: 'clock_moved', value: moved }]),
        ...(isKeyInSoftware === undefined ? [] : [{ name: 'key_in_software', value: isKeyInSoftware }]),
      ],
      heard: () => {
        this.#told = Math.max(this.#told, failures);
      },
    };
  }

  #hasClockMoved(serverTime: number): boolean | undefined {
    const { clock, wallClock } = this.#options;
    if (wallClock === undefined) return undefined;
    const wall = wallClock();
    const jumped = Math.abs(wall - this.#start.wall - (clock() - this.#start.clock)) > CLOCK_BOUND;
    return jumped || (serverTime > 0 && Math.abs(wall - serverTime) > CLOCK_BOUND);
  }
}
