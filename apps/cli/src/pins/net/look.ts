import { once } from 'node:events';
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls, type DetailedPeerCertificate, type TLSSocket } from 'node:tls';
import { AssayError } from '@assay/core';
import { codeOf, inWords } from '../../errno.ts';
import { fault } from '../../reasons.ts';
import { ASK, type ProxyServer } from './proxy.ts';
import type { StartTls } from './starttls.ts';
import { createWire, type Wire } from './wire.ts';

export interface LookTarget {
  readonly host: string;
  readonly port: number;
  readonly connectTo?: { readonly host: string; readonly port: number } | undefined;
}

export interface LookOptions {
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  /** PEM roots of OpenSSL's own validation; Node's when undefined, none when empty. */
  readonly roots?: readonly string[] | undefined;
  /** Name in the handshake, when it is not the host's. */
  readonly sni?: string | undefined;
  readonly startTls?: StartTls | undefined;
  readonly proxy?: ProxyServer | undefined;
  /** Only addresses of this family. */
  readonly family?: 4 | 6 | undefined;
}

/** What a host served in one handshake. Nothing of it is verified. */
export interface Served {
  /** Leaf first, DER. */
  readonly chain: readonly Uint8Array[];
  /** The stapled OCSP response, DER. */
  readonly ocsp: Uint8Array | undefined;
  /** Who answered; undefined behind a proxy. */
  readonly address: string | undefined;
  readonly protocol: string | null;
  /** Why OpenSSL does not trust the chain by `roots`; undefined when it does. */
  readonly refusal: string | undefined;
}

/**
 * Connects, through a proxy and a conversation before TLS where they are asked for, and takes what the handshake shows. All
 * of it together takes no longer than `timeoutMs`, whatever the peer does.
 *
 * @throws UpstreamError `cli.host_unreachable`
 */
export async function look(target: LookTarget, options: LookOptions): Promise<Served> {
  const ended = AbortSignal.any([options.signal, AbortSignal.timeout(options.timeoutMs)]);
  const opened: Socket[] = [];
  // TLS before the socket beneath it: the other way round Node 24 reads memory that it has freed.
  const stop = () => {
    for (const socket of opened.toReversed()) socket.destroy();
  };
  ended.addEventListener('abort', stop);
  try {
    ended.throwIfAborted(); // it would be told to nobody, and the time neither
    return await converse(target, options, opened);
  } catch (error) {
    if (ended.aborted)
      throw unreachable(target, options.signal.aborted ? 'interrupted' : `no answer in ${options.timeoutMs} ms`);
    if (error instanceof AssayError) throw unreachable(target, error.detail.found ?? error.message, error);
    throw unreachable(target, inWords(codeOf(error)) || 'the connection was closed', error);
  } finally {
    ended.removeEventListener('abort', stop);
    stop();
  }
}

function unreachable({ host, port }: LookTarget, found: string, cause?: unknown): Error {
  const message = `no TLS connection to ${isIP(host) === 6 ? `[${host}]` : host}:${port}`;
  const expected = cause instanceof AssayError ? cause.detail.expected : undefined;
  return fault('cli.host_unreachable', { message, found, ...(expected === undefined ? {} : { expected }) }, cause);
}

async function converse(target: LookTarget, options: LookOptions, opened: Socket[]): Promise<Served> {
  const { proxy, startTls, family } = options;
  const to = target.connectTo ?? target;
  const socket = connectTcp({ ...(proxy ?? to), ...(family === undefined ? {} : { family }) });
  opened.push(socket);
  socket.on('error', () => {}); // whoever waits hears of it; nobody waits once it is over
  await settled(socket, 'connect');
  const address = proxy === undefined ? socket.remoteAddress : undefined;
  if (proxy !== undefined) await before(socket, (wire) => ASK[proxy.kind](wire, proxy, to));
  if (startTls !== undefined) await before(socket, (wire) => startTls.talk(wire, options.sni ?? target.host));
  return { ...(await handshake(socket, target, options, opened)), address };
}

async function before(socket: Socket, talk: (wire: Wire) => Promise<void>): Promise<void> {
  const wire = createWire(socket);
  await talk(wire);
  wire.release();
}

async function handshake(
  socket: Socket,
  { host }: LookTarget,
  { sni, roots }: LookOptions,
  opened: Socket[],
): Promise<Omit<Served, 'address'>> {
  const name = sni ?? (isIP(host) === 0 ? host : undefined);
  const tls = connectTls({
    ...{ socket, host, rejectUnauthorized: false, requestOCSP: true },
    ...(name === undefined ? {} : { servername: name }),
    ...(roots === undefined ? {} : { ca: [...roots] }),
  });
  opened.push(tls);
  tls.on('error', () => {});
  let ocsp: Uint8Array | undefined;
  tls.once('OCSPResponse', (response: Buffer | null) => {
    ocsp = response ?? undefined;
  });
  await settled(tls, 'secureConnect');
  return {
    chain: chainOf(tls.getPeerCertificate(true)),
    ocsp,
    protocol: tls.getProtocol(),
    refusal: tls.authorized ? undefined : reasonOf(tls),
  };
}

/** Waits for the event; an error or the end of the connection comes first when there is one. */
async function settled(socket: Socket, event: string): Promise<void> {
  const over = new AbortController();
  const closed = once(socket, 'close', { signal: over.signal }).then(() => {
    throw fault('cli.host_unreachable', { found: 'the connection was closed' });
  });
  closed.catch(() => {}); // it is over either way
  try {
    await Promise.race([once(socket, event, { signal: over.signal }), closed]);
  } finally {
    over.abort();
  }
}

function reasonOf({ authorizationError }: TLSSocket): string {
  // Typed as an Error, but a code in practice.
  return String(authorizationError instanceof Error ? authorizationError.message : authorizationError);
}

/** No chain of the web is as long. */
const MAX_CERTIFICATES = 16;

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
