import { type HelloReading, parseClientHello } from '../hello/index.ts';
import type { Alert, Connection } from '../observation.ts';
import { createRecordTap, type ServerChoice } from '../tap/index.ts';
import { cipherName } from '../wire/cipher-names.ts';
import { alertName, CONTENT, versionName } from '../wire/codes.ts';
import type { Taken } from './intake.ts';
import type { ConnectionLog } from './log.ts';

/** What a ClientHello at the start of the octets came to; nothing of it is taken away. */
export function takeHello(octets: Buffer): Taken<HelloReading> {
  const value = parseClientHello(octets);
  return value.kind === 'more' ? undefined : { value, length: 0 };
}

/** Writes down what the wire shows of a TLS connection. `goodbye` is called when the client said its last. */
export function tapRecords(
  log: ConnectionLog,
  goodbye: () => void,
): Record<'incoming' | 'outgoing', (octets: Buffer) => void> {
  const tap = createRecordTap({
    onRecord: (shape) => {
      log.sawRecord(shape);
      // In cipher too an alert is one up to TLS 1.2, and a client's alert ends a connection or has no effect on it.
      if (shape.from === 'client' && shape.type === CONTENT.alert) goodbye();
    },
    onAlert: (from, alert) => {
      if (from === 'client') log.learn({ alert });
    },
    onCertificate: () => log.learn({ certificateSent: true, ...namesOf(tap.seen().choice) }),
  });
  return { incoming: (octets) => tap.feed('client', octets), outgoing: (octets) => tap.feed('server', octets) };
}

/** Version and cipher of a handshake that may never end. */
function namesOf(choice: ServerChoice | undefined): Pick<Connection, 'version' | 'cipher'> {
  return choice === undefined ? {} : { version: versionName(choice.version), cipher: cipherName(choice.cipher) };
}

/** An alert that our own end of the connection has named, for those that came in cipher. */
export function alertOf(code: number): Alert {
  return { code, name: alertName(code), by: 'endpoint' };
}
