import { Duplex } from 'node:stream';

export interface Taps {
  /** Sees what comes from the client before anybody else does. */
  readonly incoming: (octets: Buffer) => void;
  readonly outgoing?: (octets: Buffer) => void;
  /** Called once this side was ended or destroyed by who used it. */
  readonly released: () => void;
}

/**
 * A stream over another one, watched in both directions. It outlives neither: the inner stream's end is its end, and an
 * inner error destroys it without one of its own, since how a connection ended is written down where it is seen first.
 * What arrives after its destruction is watched still, so that an alert behind a failure is not lost.
 */
export class Through extends Duplex {
  readonly #inner: Duplex;
  readonly #taps: Taps;

  constructor(inner: Duplex, taps: Taps) {
    super({ allowHalfOpen: false });
    this.#inner = inner;
    this.#taps = taps;
    inner.on('data', (octets: Buffer) => this.#incoming(octets));
    inner.once('end', () => this.#push(null));
    inner.once('close', () => this.destroy());
    inner.pause();
  }

  #incoming(octets: Buffer): void {
    this.#taps.incoming(octets);
    this.#push(octets);
  }

  #push(octets: Buffer | null): void {
    if (this.destroyed || this.readableEnded) return;
    if (!this.push(octets)) this.#inner.pause();
  }

  override _read(): void {
    this.#inner.resume();
  }

  override _write(octets: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    if (!this.#inner.writable) {
      done();
      return;
    }
    this.#taps.outgoing?.(octets);
    this.#inner.write(octets, () => done());
  }

  override _final(done: (error?: Error | null) => void): void {
    this.#taps.released();
    done();
  }

  override _destroy(_error: Error | null, done: (error?: Error | null) => void): void {
    this.#taps.released();
    this.#inner.resume();
    done(null);
  }
}
