import type { Duplex } from 'node:stream';

const HAPPENINGS = ['readable', 'end', 'error', 'close'] as const;

/** Octets of a stream in the portions that are asked for. */
export class Source {
  private readonly stream: Duplex;
  private wake: () => void = () => undefined;

  constructor(stream: Duplex) {
    this.stream = stream;
    // Once, and not for each wait: a new listener is told at once of what is there, though it may be too little.
    for (const name of HAPPENINGS) stream.on(name, () => this.wake());
  }

  /** So many octets, or undefined where the stream ends before. Never rejects: an error of the stream is its end. */
  async read(length: number): Promise<Uint8Array | undefined> {
    if (length === 0) return new Uint8Array();
    for (;;) {
      const octets: unknown = this.stream.read(length);
      if (octets instanceof Uint8Array) return octets.length === length ? octets : undefined;
      if (this.stream.readableEnded || this.stream.destroyed) return undefined;
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
  }
}
