import { concat } from '@assay/formats';
import { type HelloReading, parseClientHello } from '../hello/client-hello.ts';
import type { Alert, ClientHello, RecordShape } from '../observation.ts';
import { alertName, CONTENT } from '../wire/codes.ts';
import { type Message, watchHandshake } from './handshake.ts';
import { type RecordWatcher, splitRecords } from './records.ts';
import { readServerHello, type ServerChoice } from './server-hello.ts';

export type Side = RecordShape['from'];

/** What passed so far, in shapes: content is never kept, beyond a hello that is not whole yet. */
export interface TapSeen {
  /** In the order of the wire; the first {@link MOST_SHAPES} of each side. */
  readonly records: readonly RecordShape[];
  /** All records of each side. */
  readonly counts: Readonly<Record<Side, number>>;
  readonly octets: Readonly<Record<Side, number>>;
  readonly hello?: ClientHello;
  /** How reading the client's hello ended, or that it has not. */
  readonly helloReading: HelloReading;
  /** The first fatal alert in clear of either side. */
  readonly alerts: Readonly<Partial<Record<Side, Alert>>>;
  /** close_notify in clear. */
  readonly goodbyes: Readonly<Record<Side, boolean>>;
  /** What our ServerHello chose; the last one, where the first asked for a retry. */
  readonly choice?: ServerChoice;
  /** A Certificate message of ours may have gone out: seen in clear up to TLS 1.2; any protected record after the ServerHello in TLS 1.3. */
  readonly certificateSent: boolean;
  /** Sides that said something which is no TLS. */
  readonly lost: Readonly<Record<Side, boolean>>;
}

export interface RecordTap {
  feed(from: Side, octets: Uint8Array): void;
  seen(): TapSeen;
}

/** Called as things happen. */
export interface TapListener {
  readonly onRecord?: (shape: RecordShape) => void;
  readonly onHello?: (reading: HelloReading) => void;
  readonly onAlert?: (from: Side, alert: Alert) => void;
  readonly onCertificate?: () => void;
}

/** Beyond these, shapes say nothing new. */
export const MOST_SHAPES = 64;

const HANDSHAKE = { serverHello: 2, certificate: 11 } as const;
const CLOSE_NOTIFY = 0;
const FATAL = 2;
const TLS_1_3 = 0x0304;

/**
 * Watches a connection from outside, by the headers of its records, fed with the octets of both directions in any
 * pieces. Sees what only the wire knows: an alert in clear, and what had been sent when the client gave up. Never throws.
 */
export function createRecordTap(listener: TapListener = {}): RecordTap {
  return new Tap(listener);
}

class Tap implements RecordTap {
  readonly #listener: TapListener;
  readonly #records: RecordShape[] = [];
  readonly #counts = { client: 0, server: 0 };
  readonly #octets = { client: 0, server: 0 };
  readonly #lost = { client: false, server: false };
  readonly #goodbyes = { client: false, server: false };
  readonly #alerts: Partial<Record<Side, Alert>> = {};
  /** Our messages are in cipher from here on: up to TLS 1.2 alone, since 1.3 says it for the sake of middleboxes. */
  #inCipher = false;
  readonly #split: Readonly<Record<Side, (octets: Uint8Array) => void>>;
  #helloReading: HelloReading = { kind: 'more' };
  #helloOctets: Uint8Array | undefined = new Uint8Array();
  #choice: ServerChoice | undefined;
  #certificateSent = false;

  constructor(listener: TapListener) {
    this.#listener = listener;
    this.#split = { client: splitRecords(this.#watcher('client')), server: splitRecords(this.#watcher('server')) };
  }

  feed(from: Side, octets: Uint8Array): void {
    this.#octets[from] += octets.length;
    if (from === 'client') this.#readHello(octets);
    this.#split[from](octets);
  }

  seen(): TapSeen {
    return {
      records: [...this.#records],
      ...{ counts: { ...this.#counts }, octets: { ...this.#octets }, lost: { ...this.#lost } },
      ...{ alerts: { ...this.#alerts }, goodbyes: { ...this.#goodbyes }, certificateSent: this.#certificateSent },
      helloReading: this.#helloReading,
      ...(this.#helloReading.kind === 'hello' ? { hello: this.#helloReading.hello } : {}),
      ...(this.#choice === undefined ? {} : { choice: this.#choice }),
    };
  }

  /** Until it is whole or wrong; then its octets are let go. */
  #readHello(octets: Uint8Array): void {
    if (this.#helloOctets === undefined) return;
    this.#helloOctets = concat(this.#helloOctets, octets);
    this.#helloReading = parseClientHello(this.#helloOctets);
    if (this.#helloReading.kind === 'more') return;
    this.#helloOctets = undefined;
    this.#listener.onHello?.(this.#helloReading);
  }

  #watcher(from: Side): RecordWatcher {
    const alert: number[] = [];
    let isAlertClear = false;
    const kept = new Set<number>([HANDSHAKE.serverHello]);
    const handshake = watchHandshake(kept, (message) => this.#sawMessage(message));
    return {
      begun: (type, length) => {
        this.#sawRecord({ from, type, length });
        alert.length = 0;
        // In cipher an alert is never two octets long.
        isAlertClear = type === CONTENT.alert && length === 2;
      },
      octets: (type, part) => {
        if (isAlertClear) alert.push(...part);
        if (from === 'server' && type === CONTENT.handshake && !this.#inCipher) handshake.feed(part);
      },
      ended: (type) => {
        if (from === 'server' && type === CONTENT.changeCipherSpec) this.#inCipher = this.#choice?.version !== TLS_1_3;
        if (isAlertClear) this.#sawAlert(from, alert);
      },
      lost: () => {
        this.#lost[from] = true;
      },
    };
  }

  #sawRecord(shape: RecordShape): void {
    const { from, type } = shape;
    if (this.#counts[from] < MOST_SHAPES) this.#records.push(shape);
    this.#counts[from] += 1;
    this.#listener.onRecord?.(shape);
    const protectedFlight = from === 'server' && type === CONTENT.applicationData && this.#mayShowCertificate();
    if (protectedFlight) this.#sawCertificate();
  }

  /** TLS 1.3 hides which message it is; with a session's key there is no certificate. */
  #mayShowCertificate(): boolean {
    const choice = this.#choice;
    return choice !== undefined && choice.version === TLS_1_3 && !choice.isRetry && !choice.usesSession;
  }

  #sawMessage({ type, body }: Message): void {
    if (type === HANDSHAKE.serverHello) this.#choice = readServerHello(body);
    if (type === HANDSHAKE.certificate) this.#sawCertificate();
  }

  #sawCertificate(): void {
    if (this.#certificateSent) return;
    this.#certificateSent = true;
    this.#listener.onCertificate?.();
  }

  #sawAlert(from: Side, [level, code = 0]: readonly number[]): void {
    if (code === CLOSE_NOTIFY) this.#goodbyes[from] = true;
    if (level !== FATAL || this.#alerts[from] !== undefined) return;
    const alert: Alert = { code, name: alertName(code), by: 'wire' };
    this.#alerts[from] = alert;
    this.#listener.onAlert?.(from, alert);
  }
}
