import type { Duplex } from 'node:stream';
import { AssayError } from '@assay/core';
import { concat } from '@assay/formats';
import type { Alert } from '../observation.ts';
import { ALERT, alertName, CONTENT, VERSION } from './codes.ts';
import { wireFault } from './fault.ts';
import { type Fragment, type Protection, recordHeader } from './protection.ts';
import { Reader } from './reader.ts';
import { Source } from './source.ts';

/** A handshake message. */
export interface Message {
  readonly type: number;
  readonly body: Uint8Array;
  /** With its header, as transcripts count it. */
  readonly bytes: Uint8Array;
}

const LIMITS = {
  /** Content of a record we send (RFC 8446 5.1). */
  sent: 1 << 14,
  /** Content of a record that comes, with what any cipher adds (RFC 5246 6.2.3). */
  record: (1 << 14) + 2048,
  /** A handshake message that comes: a client's chain is the longest. */
  message: 1 << 17,
  /** Records that one message may be cut into. */
  pieces: 64,
  /** Octets of early data that are passed over. */
  early: 1 << 16,
} as const;

/** Records and handshake messages of one connection (RFC 8446 5, RFC 5246 6). What fails throws `mitm.wire_*`. */
export class Link {
  private readonly stream: Duplex;
  private readonly source: Source;
  private readonly onAlert: (alert: Alert) => void;
  private reading: Protection | undefined;
  private writing: Protection | undefined;
  private pending: Uint8Array = new Uint8Array();
  private pieces = 0;
  private held: Uint8Array[] | undefined;
  private earlyOctets = 0;
  private version: number = VERSION['tls1.3'];

  constructor(stream: Duplex, onAlert: (alert: Alert) => void) {
    this.stream = stream;
    this.source = new Source(stream);
    this.onAlert = onAlert;
  }

  /** Records that were meant as early data are passed over, until one can be read (RFC 8446 4.2.10). */
  skipEarlyData(): void {
    this.earlyOctets = LIMITS.early;
  }

  /** From here on it is this version. */
  agreeOn(version: number): void {
    this.version = version;
  }

  readWith(protection: Protection): void {
    // RFC 8446 5.1: no message may lie across a change of keys.
    if (this.pending.length > 0) throw wireFault('mitm.wire_unexpected');
    this.reading = protection;
  }

  writeWith(protection: Protection): void {
    this.writing = protection;
  }

  /** The next handshake message; in TLS 1.3 `change_cipher_spec` before it is passed over (RFC 8446 5). */
  async message(): Promise<Message> {
    for (;;) {
      const message = this.takeMessage();
      if (message !== undefined) return message;
      const fragment = await this.record();
      const isPassedOver = fragment.type === CONTENT.changeCipherSpec && this.version === VERSION['tls1.3'];
      if (!isPassedOver) this.keep(fragment);
    }
  }

  /** The handshake messages that the record completes; what is left waits for the next one. */
  messagesOf(fragment: Fragment): Message[] {
    this.keep(fragment);
    const messages: Message[] = [];
    for (let next = this.takeMessage(); next !== undefined; next = this.takeMessage()) messages.push(next);
    return messages;
  }

  /** The next record that is no alert. Throws `mitm.wire_refused` for a fatal alert, `mitm.wire_ended` at the end. */
  async record(): Promise<Fragment> {
    for (;;) {
      const sealed = await this.fragment();
      const opened = this.open(sealed);
      if (opened?.type === CONTENT.changeCipherSpec) checkChange(sealed, opened);
      if (opened?.type === CONTENT.alert) this.hear(opened.content);
      else if (opened !== undefined) return opened;
    }
  }

  /** Sends content in as many records as it needs; `sent` is called when the last one has left. */
  send(type: number, content: Uint8Array, sent: () => void = () => undefined): void {
    if (!this.stream.writable) {
      sent();
      return;
    }
    const records: Uint8Array[] = [];
    for (let at = 0; at === 0 || at < content.length; at += LIMITS.sent) {
      const fragment = { type, content: content.subarray(at, at + LIMITS.sent) };
      const sealed = this.writing?.seal(fragment) ?? fragment;
      records.push(this.header(sealed), sealed.content);
    }
    if (this.held === undefined) {
      this.stream.write(concat(...records), () => sent());
      return;
    }
    this.held.push(...records);
    sent();
  }

  /**
   * What `speak` sends leaves in one write. A client that refuses our certificate closes with an alert; octets of the same
   * flight that come later would be answered with a reset, which throws the alert away before it is read.
   */
  inOneWrite<T>(speak: () => T): T {
    const held: Uint8Array[] = [];
    this.held = held;
    try {
      return speak();
    } finally {
      this.held = undefined;
      if (this.stream.writable) this.stream.write(Buffer.concat(held));
    }
  }

  sendAlert(code: number): void {
    const warning = code === ALERT.closeNotify;
    this.send(CONTENT.alert, Uint8Array.of(warning ? 1 : 2, code));
  }

  private header({ type, content }: Fragment): Uint8Array {
    return recordHeader(type, content.length, Math.min(this.version, VERSION['tls1.2']));
  }

  private async fragment(): Promise<Fragment> {
    const header = new Reader(await this.octets(5));
    const [type, , length] = [header.number(1), header.number(2), header.number(2)];
    if (length > LIMITS.record) throw wireFault('mitm.wire_too_long');
    if (type < CONTENT.changeCipherSpec || type > CONTENT.applicationData) throw wireFault('mitm.wire_malformed');
    return { type, content: await this.octets(length) };
  }

  private async octets(length: number): Promise<Uint8Array> {
    const octets = await this.source.read(length);
    if (octets === undefined) throw wireFault('mitm.wire_ended');
    return octets;
  }

  /** Undefined for early data. */
  private open(fragment: Fragment): Fragment | undefined {
    try {
      if (this.reading === undefined) return inClear(fragment);
      const opened = this.reading.open(fragment);
      if (fragment.type === CONTENT.applicationData) this.earlyOctets = 0;
      return opened;
    } catch (error) {
      if (!(error instanceof AssayError) || fragment.type !== CONTENT.applicationData) throw error;
      this.earlyOctets -= fragment.content.length;
      if (this.earlyOctets < 0) throw error;
      return undefined;
    }
  }

  private hear(content: Uint8Array): void {
    const reader = new Reader(content);
    const [level, code] = [reader.number(1), reader.number(1)];
    reader.end();
    // RFC 8446 6: all alerts but these two are fatal, whatever their level says; before 1.3 the level says it.
    if (code === ALERT.closeNotify) throw wireFault('mitm.wire_ended');
    if (code === ALERT.userCanceled || (level === 1 && this.version < VERSION['tls1.3'])) return;
    this.onAlert({ code, name: alertName(code), by: 'endpoint' });
    throw wireFault('mitm.wire_refused');
  }

  private keep({ type, content }: Fragment): void {
    if (type !== CONTENT.handshake || content.length === 0) throw wireFault('mitm.wire_unexpected');
    this.pieces += 1;
    if (this.pieces > LIMITS.pieces) throw wireFault('mitm.wire_too_long');
    this.pending = concat(this.pending, content);
  }

  private takeMessage(): Message | undefined {
    if (this.pending.length < 4) return undefined;
    const reader = new Reader(this.pending);
    const [type, length] = [reader.number(1), reader.number(3)];
    if (length > LIMITS.message) throw wireFault('mitm.wire_too_long');
    if (length > reader.left) return undefined;
    const bytes = this.pending.subarray(0, 4 + length);
    this.pending = this.pending.subarray(4 + length);
    this.pieces = 0;
    return { type, body: bytes.subarray(4), bytes };
  }
}

/** One octet, 1; and never hidden behind the type of data, as in TLS 1.3 it could be (RFC 8446 5, RFC 5246 7.1). */
function checkChange(sealed: Fragment, { content }: Fragment): void {
  if (sealed.type !== CONTENT.changeCipherSpec || content.length !== 1 || content[0] !== 1) {
    throw wireFault('mitm.wire_unexpected');
  }
}

/** Before there are keys, application data can only be early data. */
function inClear(fragment: Fragment): Fragment {
  if (fragment.type === CONTENT.applicationData) throw wireFault('mitm.wire_unexpected');
  return fragment;
}
