import { concat } from '@assay/formats';
import type { Offer } from './client-hello.ts';
import { EXTENSION } from './codes.ts';
import {
  chooseGroup,
  dhParams,
  type Exchange,
  ecdhParams,
  exchangeOf,
  exportParams,
  keyExchange,
  signedKeyExchange,
} from './exchange12.ts';
import type { Share } from './groups.ts';
import {
  certificate12,
  certificateRequest12,
  certificateStatus12,
  extensions12,
  serverHelloDone,
} from './messages12.ts';
import type { Randoms } from './schedule12.ts';
import { type Server, say } from './server.ts';
import { DOWNGRADE_SENTINEL, writeServerHello } from './server-hello.ts';

/** What the server remembers of its flight. */
export interface Flight {
  readonly randoms: Randoms;
  /** Ours, in ECDHE. */
  readonly share?: Share;
}

/** Everything from ServerHello to ServerHelloDone, for SSL 3.0 up to TLS 1.2 (RFC 5246 7.3). */
export function sayFlight12(server: Server, offer: Offer): Flight {
  const { order, plan } = server;
  const exchange = exchangeOf(plan.cipher.name);
  const randoms = { client: offer.random, server: serverRandom(server) };
  const { params, share } = paramsOf(exchange, server, offer);
  say(
    server,
    writeServerHello({
      version: plan.version,
      random: randoms.server,
      sessionId: new Uint8Array(),
      cipher: plan.cipher.id,
      extensions: extensions12(plan, order.forged, offer),
    }),
    ...(exchange.authenticated ? identity(server, offer) : []),
    ...(params === undefined ? [] : [keyExchangeOf(exchange, params, { server, offer, randoms })]),
    ...(asksForCertificate(server, exchange) ? [certificateRequest12(plan.version)] : []),
    serverHelloDone(),
  );
  if (exchange.authenticated) order.learned({ certificateSent: true });
  return { randoms, ...(share === undefined ? {} : { share }) };
}

/** A server without a name may not ask for the client's (RFC 5246 7.4.4). */
function asksForCertificate({ order }: Server, exchange: Exchange): boolean {
  return exchange.authenticated && order.forged.tls.clientCertificate === 'request';
}

/** RFC 8446 4.1.3: the end of the random says whether the server could do better. */
function serverRandom({ order, plan }: Server): Uint8Array {
  const random = order.random(32);
  return plan.sentinel ? concat(random.subarray(0, 24), DOWNGRADE_SENTINEL) : random;
}

/** Certificate, and CertificateStatus where it was asked for (RFC 6066 8). */
function identity({ order }: Server, offer: Offer): Uint8Array[] {
  const { forged } = order;
  const staple = offer.extensions.has(EXTENSION.statusRequest) ? forged.staple : undefined;
  return [certificate12(forged), ...(staple === undefined ? [] : [certificateStatus12(staple)])];
}

function paramsOf(
  exchange: Exchange,
  { order }: Server,
  offer: Offer,
): { readonly params?: Uint8Array; readonly share?: Share } {
  if (exchange.params === 'dh') return { params: dhParams(order.forged.tls.groupBits) };
  if (exchange.params === 'rsa') return { params: exportParams(order.random) };
  if (exchange.params === 'none') return {};
  const group = chooseGroup(offer.groups);
  const share = group.create(order.random);
  return { params: ecdhParams(group.id, share), share };
}

interface About {
  readonly server: Server;
  readonly offer: Offer;
  readonly randoms: Randoms;
}

function keyExchangeOf(exchange: Exchange, params: Uint8Array, { server, offer, randoms }: About): Uint8Array {
  if (!exchange.authenticated) return keyExchange(params);
  return signedKeyExchange(params, {
    key: server.order.forged.key,
    version: server.plan.version,
    offered: offer.signatures,
    randoms: concat(randoms.client, randoms.server),
  });
}
