import { once } from 'node:events';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { PinSetRecipe } from '../case.ts';
import type { Recipe } from '../recipe.ts';
import type { Forged } from '../stage.ts';
import type { PinOffer } from './authority.ts';

export interface PinServiceOrder {
  readonly offer: PinOffer;
  /** Made by the lab from {@link pinServiceRecipe}. */
  readonly forged: Pick<Forged, 'chain' | 'key'>;
  /** Address to listen on: 127.0.0.1. */
  readonly address: string;
  /**
   * Called each time the offer has gone out: what the client does afterwards, it does knowing. An intercepted service is
   * met by whoever connects: to leave without asking is an answer.
   */
  readonly onServed?: () => void;
}

export interface PinService {
  /** ASSAY_PINS_URL. It is asked directly, past any proxy. */
  readonly url: string;
  close(): Promise<void>;
}

const HOME = '127.0.0.1';

/** The service's own server: the lab's valid one, or that of an interceptor, with a key that is not pinned. */
export function pinServiceRecipe({ intercepted = false }: PinSetRecipe): Recipe {
  return { chain: { leaf: { key: intercepted ? 'other' : 'pinned', addresses: [HOME] } } };
}

/** Offers one pin set over HTTPS on a port of its own until it is closed. */
export async function openPinService({ offer, forged, address, onServed }: PinServiceOrder): Promise<PinService> {
  const server = createServer({ cert: pemOf(forged.chain), key: forged.key.export({ type: 'pkcs8', format: 'pem' }) });
  server.on('request', (_, response) => {
    response.on('finish', () => onServed?.());
    response.writeHead(offer.status, { 'content-type': 'application/jose+json' }).end(offer.body);
  });
  if (offer.intercepted) server.on('connection', () => onServed?.());
  // What a client thinks of our certificate is its own affair: the document proves itself.
  server.on('tlsClientError', () => {});
  server.listen(0, address);
  await once(server, 'listening');
  return { url: `https://${HOME}:${portOf(server)}/v1/pins`, close: () => closed(server) };
}

function portOf(server: Server): number {
  const address: AddressInfo | string | null = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function closed(server: Server): Promise<void> {
  const ended = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await ended;
}

function pemOf(chain: readonly Uint8Array[]): string {
  const pem = (der: Uint8Array): string =>
    Buffer.from(der)
      .toString('base64')
      .replace(/.{1,64}/g, '$&\n');
  return chain.map((der) => `-----BEGIN CERTIFICATE-----\n${pem(der)}-----END CERTIFICATE-----\n`).join('');
}
