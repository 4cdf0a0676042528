import { type HelloReading, parseClientHello } from '../hello/index.ts';
import { ALERTS } from '../judge/alerts.ts';
import type { Alert } from '../observation.ts';
import type { Taken } from './intake.ts';
import type { ConnectionLog } from './log.ts';

export interface RecordTap {
  readonly incoming: (octets: Buffer) => void;
  readonly outgoing: (octets: Buffer) => void;
}

const HEADER = 5;

/** What a ClientHello at the start of the octets came to; nothing of it is taken away. */
export function takeHello(octets: Buffer): Taken<HelloReading> {
  const value = parseClientHello(octets);
  return value.kind === 'more' ? undefined : { value, length: 0 };
}

export function alertOf(code: number, by: Alert['by']): Alert {
  return { code, name: ALERTS[code] ?? `alert_${code}`, by };
}

export function tapRecords(log: ConnectionLog): RecordTap {
  return { incoming: tap(log, 'client'), outgoing: tap(log, 'server') };
}

function tap(log: ConnectionLog, from: 'client' | 'server'): (octets: Buffer) => void {
  let held = Buffer.alloc(0);
  let skip = 0;
  return (octets) => {
    held = Buffer.concat([held, octets]);
    while (held.length > 0) {
      const part = Math.min(skip, held.length);
      held = held.subarray(part);
      skip -= part;
      if (skip > 0 || held.length < HEADER + 2) return;
      const [type, length] = [held.readUInt8(0), held.readUInt16BE(3)];
      log.sawRecord({ from, type, length });
      if (from === 'client' && type === 21 && length === 2) log.learn({ alert: alertOf(held.readUInt8(6), 'wire') });
      if (from === 'server' && type === 23) log.learn({ certificateSent: true });
      if (from === 'server' && type === 22 && held[5] !== 2) log.learn({ certificateSent: true });
      skip = HEADER + length;
    }
  };
}
