import { hash, X509Certificate } from 'node:crypto';
import { connect, isIP } from 'node:net';
import { checkServerIdentity, connect as connectTls, type PeerCertificate, type TLSSocket } from 'node:tls';

export interface PhoneApp {
  /** Port of the proxy on loopback. */
  readonly proxy: number;
  readonly host: string;
  /** PEM that the app trusts. */
  readonly ca: string;
  /** Pins that it knows; it pins nothing without any. */
  readonly pins?: readonly string[];
}

/** What a call came to: the status, or the code of what was refused; with the leaf that was seen. */
export interface Called {
  readonly said: string;
  /** Hexadecimal SHA-256 of the certificate that was validated. */
  readonly leaf?: string;
}

const pinOf = ({ raw }: PeerCertificate): string =>
  hash('sha256', new X509Certificate(raw).publicKey.export({ type: 'spki', format: 'der' }), 'base64');

/** One call of an app through the proxy, on a connection of its own, as a person provokes it with a finger. */
export async function callOnce({ proxy, host, ca, pins = [] }: PhoneApp, port = 443): Promise<Called> {
  return await new Promise((resolve) => {
    let leaf: string | undefined;
    const done = (said: string): void => resolve({ said, ...(leaf === undefined ? {} : { leaf }) });
    const socket = connect(proxy, '127.0.0.1', () => socket.write(`CONNECT ${host}:${port} HTTP/1.1\r\n\r\n`));
    socket.on('error', ({ message }) => done(message)).on('close', () => done('closed'));
    socket.once('data', (answer) => {
      if (!answer.toString().startsWith('HTTP/1.1 200')) {
        socket.destroy();
        return done(answer.toString().slice(0, 12));
      }
      const secure: TLSSocket = connectTls({
        ...{ socket, servername: isIP(host) === 0 ? host : '', ca, ALPNProtocols: ['http/1.1'] },
        checkServerIdentity: (name, certificate) => {
          leaf = hash('sha256', certificate.raw, 'hex');
          const unpinned = pins.length > 0 && !pins.includes(pinOf(certificate));
          return checkServerIdentity(name, certificate) ?? (unpinned ? new Error('not pinned') : undefined);
        },
      });
      secure.on('error', ({ message }) => done(message)).on('close', () => done('closed'));
      secure.on('secureConnect', () => secure.write(`GET / HTTP/1.1\r\nHost: ${host}\r\n\r\n`));
      secure.once('data', (text) => {
        done(text.toString('latin1').slice(0, 12));
        secure.end();
      });
    });
  });
}
