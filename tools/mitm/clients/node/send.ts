import { randomBytes } from 'node:crypto';
import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import { type Agent, request as secureRequest } from 'node:https';

/** Sends one request and reads the answer to its end. Gives back its status. */
export function send(url: string, agent: Agent, headers: Readonly<Record<string, string>> = {}): Promise<string> {
  const sent = url.startsWith('https:') ? secureRequest(url, { agent, headers }) : request(url, { headers });
  return answered(sent);
}

/** Asks for a web socket, and ends it where it is given. */
export function openSocket(url: string, agent: Agent): Promise<string> {
  const upgrade = { connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-version': '13' };
  return send(url, agent, { ...upgrade, 'sec-websocket-key': randomBytes(16).toString('base64') });
}

/** For one answer; a server that holds a client longer is given up. */
const PATIENCE_MS = 8_000;

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
