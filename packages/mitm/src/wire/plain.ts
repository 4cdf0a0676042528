import { Duplex } from 'node:stream';
import { ALERT, CONTENT } from './codes.ts';
import type { Link } from './link.ts';

/** The decrypted side of a connection: what comes is given to it by `bring`, what is written goes out encrypted. */
export class Plain extends Duplex {
  private readonly stream: Duplex;
  private readonly link: Link;
  private wanted: () => void = () => undefined;
  private over = false;
  private waiting: (() => void)[] = [];

  constructor(stream: Duplex, link: Link) {
    super();
    this.stream = stream;
    this.link = link;
  }

  /** Whether the handshake is over. */
  get isOpen(): boolean {
    return this.over;
  }

  /** The handshake is over; what was written meanwhile goes out. */
  open(): void {
    this.over = true;
    for (const go of this.waiting.splice(0)) go();
  }

  /** Gives octets to whoever reads; resolves when more are wanted, or nobody is there any more. */
  async bring(octets: Uint8Array): Promise<void> {
    if (this.destroyed || this.push(octets)) return;
    await new Promise<void>((resolve) => {
      this.wanted = resolve;
    });
  }

  override _read(): void {
    this.wanted();
  }

  override _write(chunk: Uint8Array, _encoding: BufferEncoding, written: () => void): void {
    this.afterHandshake(() => this.link.send(CONTENT.applicationData, chunk, written));
  }

  override _final(done: () => void): void {
    this.afterHandshake(() => {
      this.link.sendAlert(ALERT.closeNotify);
      this.stream.end(() => done());
    });
  }

  override _destroy(_error: Error | null, done: () => void): void {
    this.waiting = [];
    this.wanted();
    this.stream.destroy();
    done();
  }

  private afterHandshake(go: () => void): void {
    if (this.over) go();
    else this.waiting.push(go);
  }
}
