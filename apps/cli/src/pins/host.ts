import { isIP } from 'node:net';
import { connect, type DetailedPeerCertificate, type TLSSocket } from 'node:tls';
import { codeOf } from '../errno.ts';
import { fault } from '../reasons.ts';

/** A host whose chain is looked at, and the address to connect to where that is another. */
export interface HostTarget {
  readonly host: string;
  readonly port: number;
  readonly connectTo?: { readonly host: string; readonly port: number } | undefined;
}

export interface ConnectOptions {
  /** `none` takes the chain as it is sent, without a trust decision; `system` validates it by Node's roots; else PEM roots. */
  readonly trust: 'none' | 'system' | { readonly pem: string };
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** No chain of the web is as long. */
const MAX_CERTIFICATES = 16;

/** @throws RequestError `cli.usage` for anything but `host`, `host:port`, `[v6]`, `[v6]:port` */
export function parseHost(text: string): { readonly host: string; readonly port: number } {
  const [, v6, name, digits = '443'] =
    /^(?:\[([0-9A-Fa-f:]+)\]|([A-Za-z0-9.-]{1,253}))(?::(\d{1,5}))?$/.exec(text) ?? [];
  const host = v6 ?? name;
  const port = Number(digits);
  if (host !== undefined && port > 0 && port < 65_536) return { host, port };
  throw fault('cli.usage', {
    message: 'this is neither a file nor a host',
    expected: 'HOST, HOST:PORT or a file',
    found: text,
  });
}

/**
 * The certificates that a host sends in its TLS handshake, leaf first, DER.
 *
 * @throws UpstreamError `cli.host_unreachable`, `cli.host_untrusted`
 */
export async function servedChain(target: HostTarget, options: ConnectOptions): Promise<readonly Uint8Array[]> {
  const { host } = target;
  const { host: address, port } = target.connectTo ?? target;
  const ca = rootsFor(options.trust);
  const socket = connect({
    ...{ host: address, port, rejectUnauthorized: false },
    ...(isIP(host) === 0 ? { servername: host } : {}),
    ...(ca === undefined ? {} : { ca }),
  });
  try {
    await handshake(socket, target, options);
    if (options.trust !== 'none' && !socket.authorized) {
      throw fault('cli.host_untrusted', { message: `the chain of ${host} does not validate`, found: reasonOf(socket) });
    }
    return chainOf(socket.getPeerCertificate(true));
  } finally {
    socket.destroy();
  }
}

/** With an empty store the peer's chain is what the peer sent, and nothing that this machine adds. */
function rootsFor(trust: ConnectOptions['trust']): string[] | undefined {
  if (trust === 'none') return [];
  return trust === 'system' ? undefined : [trust.pem];
}

function handshake(
  socket: TLSSocket,
  { host, port }: HostTarget,
  { timeoutMs, signal }: ConnectOptions,
): Promise<void> {
  const ended = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
  return new Promise((resolve, reject) => {
    const fail = (found: string, cause?: unknown) =>
      reject(fault('cli.host_unreachable', { message: `no TLS connection to ${host}:${port}`, found }, cause));
    socket.once('secureConnect', resolve);
    socket.once('error', (error) => fail(codeOf(error) || error.name, error));
    socket.once('close', () => fail('the connection was closed'));
    ended.addEventListener('abort', () => fail(signal.aborted ? 'interrupted' : `no answer in ${timeoutMs} ms`));
  });
}

function reasonOf({ authorizationError }: TLSSocket): string {
  // Typed as an Error, but a code in practice.
  return String(authorizationError instanceof Error ? authorizationError.message : authorizationError);
}

/** Node links each certificate to its issuer; the last one to itself, or to nothing. */
function chainOf(leaf: DetailedPeerCertificate): readonly Uint8Array[] {
  const chain: Uint8Array[] = [];
  const seen = new Set<DetailedPeerCertificate>();
  for (let each: DetailedPeerCertificate | undefined = leaf; each?.raw !== undefined; each = each.issuerCertificate) {
    if (seen.has(each) || chain.length === MAX_CERTIFICATES) break;
    seen.add(each);
    chain.push(each.raw);
  }
  return chain;
}
