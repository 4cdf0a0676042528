import { randomBytes } from 'node:crypto';
import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import { type RequestOptions, request as secureRequest } from 'node:https';
import type { Duplex } from 'node:stream';

/** For one answer; a server that holds a client longer is given up. */
const PATIENCE_MS = 8_000;

interface SendOptions extends RequestOptions {
  /** Is told of the connection that the request goes over. */
  readonly onSocket?: (socket: Duplex) => void;
}

/** Sends one request and reads the answer to its end. Gives back its status. */
export function send(url: string, { onSocket, ...options }: SendOptions = {}): Promise<string> {
  const sent = url.startsWith('https:') ? secureRequest(url, options) : request(url);
  if (onSocket !== undefined) sent.on('socket', onSocket);
  return answered(sent);
}

/** Asks for a web socket, and ends it where it is given. */
export function openSocket(url: string, options: SendOptions): Promise<string> {
  const key = randomBytes(16).toString('base64');
  const upgrade = {
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': key,
  };
  return send(url, { ...options, headers: upgrade });
}

function answered(sent: ClientRequest): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  sent.on('error', reject);
  sent.on('upgrade', (response, socket) => {
    socket.destroy();
    resolve(`${response.statusCode}`);
  });
  sent.on('response', (response: IncomingMessage) => {
    response.on('error', reject).on('end', () => resolve(`${response.statusCode}`));
    response.resume();
  });
  sent.setTimeout(PATIENCE_MS, () => sent.destroy(new Error('no answer in time')));
  sent.end();
  return promise;
}
