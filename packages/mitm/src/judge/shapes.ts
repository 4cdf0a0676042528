import type { Case } from '../case.ts';
import type { Connection, Observation } from '../observation.ts';
import type { Outcome } from '../outcome.ts';
import type { TlsVersion } from '../recipe.ts';
import { isFatal, isOfNegotiation } from './alerts.ts';
import { hasData, type Scope } from './scope.ts';

/** What the client is tried on: our Certificate, what a ServerHello chose, or octets that are no TLS. */
export type Trial = 'certificate' | 'parameters' | 'octets';

export interface Setting {
  readonly trial: Trial;
  readonly scope: Scope;
  readonly observation: Observation;
  /** The case is that we close without a word. */
  readonly weClose: boolean;
  /** The case is the mark of a server that knows TLS 1.3. */
  readonly marks13: boolean;
}

/** `aside`: says nothing of the client. */
export type Meaning = Outcome | 'aside';

interface Shape {
  readonly holds: (connection: Connection, setting: Setting) => boolean;
  readonly meaning: Meaning;
}

const TLS_1_3 = 0x0304;
const MODERN: ReadonlySet<TlsVersion> = new Set<TlsVersion>(['tls1.2', 'tls1.3']);
export const isModern = (version: TlsVersion): boolean => MODERN.has(version);

export function trialOf({ recipe: { raw, tls = {} } }: Case): Trial {
  if (raw !== undefined) return 'octets';
  const old = tls.versions !== undefined && !tls.versions.some(isModern);
  return old || tls.cipher !== undefined || tls.downgrade !== undefined ? 'parameters' : 'certificate';
}

const left = ({ closed }: Connection): boolean => closed === 'fin' || closed === 'reset';

/** It left, or stayed silent until our time was up: a handshake that it does not finish will bring no data. */
const gaveUp = (connection: Connection): boolean => left(connection) || connection.closed === 'timeout';

const serverSpoke = ({ records }: Connection): boolean =>
  records.some(({ from, type }) => from === 'server' && type === 22);

/** What a client had before it when it gave up, by what it is tried on. */
const SHOWN: Readonly<Record<Trial, (connection: Connection) => boolean>> = {
  certificate: ({ certificateSent }) => certificateSent,
  parameters: (connection) => connection.certificateSent || serverSpoke(connection),
  octets: () => true,
};

/** Opened and closed, as those do who only look whether a port answers. */
const isSilent = ({ hello, handshake, certificateSent }: Connection): boolean =>
  hello === undefined && handshake === 'none' && !certificateSent;

const isService = ({ host, port }: Connection, { services = [] }: Observation): boolean =>
  services.includes(`${host}:${port}`);

/**
 * From the shape of a connection to its meaning; the first row that holds. Measured shapes: OpenSSL's clients send their
 * alert in clear, JSSE's encrypted; curl and OkHttp judge pins after the handshake and close with close_notify alone;
 * Node closes after our Certificate without a word. A finished handshake therefore stands for nothing.
 */
const SHAPES: readonly Shape[] = [
  { holds: ({ stranger }) => stranger === true, meaning: 'aside' },
  { holds: (connection, { observation }) => isService(connection, observation), meaning: 'aside' },
  // A datagram is an attempt at HTTP/3, which the harness notices and does not answer.
  { holds: ({ way }) => way === 'udp', meaning: 'aside' },
  { holds: (connection, { scope, observation }) => !scope.onTrial(connection, observation), meaning: 'aside' },
  // To a client of TLS 1.2 the mark says nothing: it goes on rightly (RFC 8446 4.1.3).
  { holds: ({ hello }, { marks13 }) => marks13 && hello?.versions.includes(TLS_1_3) === false, meaning: 'UNSUPPORTED' },
  { holds: (connection, { scope, observation }) => scope.leaks(connection, observation), meaning: 'LEAKED' },
  { holds: (connection, { scope }) => scope.name === 'cleartext' && hasData(connection), meaning: 'NOT-FOLLOWED' },
  { holds: ({ wentOn }) => wentOn === true, meaning: 'WENT-ON' },
  { holds: isSilent, meaning: 'aside' },
  { holds: (connection) => connection.handshake === 'completed' && isFatal(connection.alert), meaning: 'REFUSED-POST' },
  { holds: (connection) => connection.handshake === 'completed' && left(connection), meaning: 'REFUSED-POST' },
  // It may only not have spoken yet, as those do that connect ahead of need.
  { holds: ({ handshake }) => handshake === 'completed', meaning: 'UNDECIDED' },
  // Alerts about what was negotiated are refusals only where that is what was tried.
  {
    holds: ({ alert }, { trial }) => trial === 'certificate' && isOfNegotiation(alert),
    meaning: 'UNSUPPORTED',
  },
  { holds: (connection, { trial }) => isFatal(connection.alert) && SHOWN[trial](connection), meaning: 'REFUSED-ALERT' },
  { holds: (connection, { trial }) => gaveUp(connection) && SHOWN[trial](connection), meaning: 'REFUSED-CLOSE' },
  { holds: ({ closed }, { weClose }) => closed === 'by-us' && weClose, meaning: 'REFUSED-CLOSE' },
  { holds: ({ closed }) => closed === 'open', meaning: 'UNDECIDED' },
  { holds: (connection, { trial }) => !SHOWN[trial](connection), meaning: 'UNSUPPORTED' },
];

/** Where no row holds, the client has not decided: nothing is granted by default. */
export const meaningOf = (connection: Connection, setting: Setting): Meaning =>
  SHAPES.find(({ holds }) => holds(connection, setting))?.meaning ?? 'UNDECIDED';
