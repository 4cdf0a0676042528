import { constants } from 'node:crypto';
import type { Duplex } from 'node:stream';
import {
  createServer,
  type DetailedPeerCertificate,
  type SecureVersion,
  type TLSSocket,
  type TlsOptions,
} from 'node:tls';
import type { Random } from '@assay/core';
import { toPem } from '@assay/formats';
import { TLS_VERSIONS, type TlsVersion } from '../recipe.ts';
import type { Forged } from '../stage.ts';
import type { ConnectionLog } from './log.ts';
import { alertOf } from './records.ts';

export interface EngineOrder {
  readonly forged: Forged;
  readonly log: ConnectionLog;
  readonly handshakeMs: number;
  readonly random: Random;
  /** Of the stage, so that a session of one connection is known at the next. */
  readonly ticketKeys: Buffer;
  /** Called at the end of the handshake with the decrypted side. */
  readonly secured: (clear: Duplex) => void;
}

const VERSIONS: Readonly<Partial<Record<TlsVersion, SecureVersion>>> = {
  'tls1.0': 'TLSv1',
  'tls1.1': 'TLSv1.1',
  'tls1.2': 'TLSv1.2',
  'tls1.3': 'TLSv1.3',
};
const ALL_VERSIONS: readonly TlsVersion[] = ['tls1.2', 'tls1.3'];
const ALL_ALPN = ['h2', 'http/1.1'];
/** Old versions, hashes and small keys are refused above level 0. */
const CIPHERS = 'DEFAULT:@SECLEVEL=0';

/** What `node:tls` is told for a forged server; throws an error of OpenSSL's where it will not load one. */
export function opensslOptions({ chain, key, tls }: Forged): TlsOptions {
  const wished = tls.versions ?? ALL_VERSIONS;
  const versions = TLS_VERSIONS.flatMap((version) => (wished.includes(version) ? (VERSIONS[version] ?? []) : []));
  const [minVersion, maxVersion] = [versions[0], versions.at(-1)];
  if (minVersion === undefined || maxVersion === undefined) throw new TypeError('no version that OpenSSL speaks');
  return {
    cert: chain.map((der) => toPem(der, 'CERTIFICATE')).join(''),
    key: key.export({ type: 'pkcs8', format: 'pem' }),
    minVersion,
    maxVersion,
    ciphers: CIPHERS,
    ALPNProtocols: [...(tls.alpn ?? ALL_ALPN)],
    requestCert: tls.clientCertificate === 'request',
    rejectUnauthorized: false,
    // Without it every server hands out sessions.
    ...(tls.sessions !== 'tickets' && { secureOptions: constants.SSL_OP_NO_TICKET }),
  };
}

/** Serves one connection by OpenSSL. Throws where it will not load what was forged. */
export function serveOpenssl(stream: Duplex, order: EngineOrder): void {
  const { forged, log } = order;
  const server = createServer({
    ...opensslOptions(forged),
    ticketKeys: order.ticketKeys,
    sessionIdContext: 'stage',
    handshakeTimeout: order.handshakeMs,
  });
  const { staple } = forged;
  if (staple !== undefined) {
    server.on('OCSPRequest', (_certificate, _issuer, answer) => answer(null, Buffer.from(staple)));
  }
  server.on('tlsClientError', (error, socket) => {
    noteError(log, error);
    socket.destroy();
    stream.destroy();
  });
  server.on('secureConnection', (socket) => {
    socket.on('error', (error) => noteError(log, error));
    log.learn(describe(socket));
    order.secured(socket);
  });
  log.learn({ handshake: 'started' });
  server.emit('connection', stream);
}

function describe(socket: TLSSocket): Parameters<ConnectionLog['learn']>[0] {
  const { standardName } = socket.getCipher();
  const version = socket.getProtocol();
  const certificate: Partial<DetailedPeerCertificate> = socket.getPeerCertificate(true) ?? {};
  return {
    handshake: 'completed',
    ...(version !== null && { version }),
    cipher: standardName,
    ...(typeof socket.alpnProtocol === 'string' && { alpn: socket.alpnProtocol }),
    resumed: socket.isSessionReused(),
    clientCertificate: certificate.raw !== undefined,
  };
}

/** OpenSSL names the alert that it got in its text alone: `… SSL alert number 48`. */
function noteError(log: ConnectionLog, error: Error & { code?: string }): void {
  const number = /SSL alert number (\d{1,3})/.exec(error.message)?.[1];
  if (number !== undefined) {
    if (log.now().alert === undefined) log.learn({ alert: alertOf(Number(number)) });
  } else if (error.code !== 'ECONNRESET' && log.now().failure === undefined) {
    log.learn({ failure: error.code ?? 'unknown' });
  }
}
