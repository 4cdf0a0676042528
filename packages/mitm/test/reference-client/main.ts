// A small client that takes every step of the harness, with signed pin sets. Usage: node main.ts careful|careless
import { readFileSync } from 'node:fs';
import { Agent } from 'node:https';
import { fetchText } from '../../../../tools/mitm/clients/node/fetch-text.ts';
import { type Act, follow, orderOf } from '../../../../tools/mitm/clients/node/order.ts';
import { carefulCheck } from '../../../../tools/mitm/clients/node/pin-check.ts';
import { openSocket, send } from '../../../../tools/mitm/clients/node/send.ts';
import { openCarelessBook } from './careless-book.ts';
import { openPinBook } from './pin-book.ts';

const order = orderOf(process.env, { 'update-pins': 'ASSAY_PINS_URL' });
const bundle = JSON.parse(readFileSync(process.env['ASSAY_PINS_KEY'] ?? '', 'utf8'));
const isCareful = process.argv[2] === 'careful';
const book = isCareful ? await openPinBook(bundle, Date.now) : openCarelessBook(bundle);
const second = new URL(process.env['ASSAY_SECOND_URL'] ?? '').hostname;
const pinsOf = (host: string) => (host === second ? order.pinsOf(host) : book.pinsOf(host));

let agent = openAgent();

function openAgent(): Agent {
  const options = { ca: order.ca, checkServerIdentity: carefulCheck(pinsOf), proxyEnv: process.env };
  return new Agent({ ...options, keepAlive: true });
}

/**
 * Sessions and idle connections of before the change were judged by the pins of before: Node resumes without asking
 * `checkServerIdentity`, and a connection that is open is never judged again. So both go.
 */
async function updatePins(url: string): Promise<string> {
  const { status, text } = await fetchText(url, order.ca);
  if (isCareful && status !== 200) throw new Error(`no pin set: ${status}`);
  const changed = await book.take(text);
  if (!changed || !isCareful) return 'kept connections';
  agent.destroy();
  agent = openAgent();
  return 'changed';
}

const plain: Act = (url) => {
  if (isCareful) throw new Error('cleartext is not spoken here');
  return send(url, agent);
};

const ACTS: Readonly<Record<string, Act>> = {
  'update-pins': updatePins,
  'plain-request': plain,
  websocket: (url) => openSocket(url, agent),
};

await follow(order, (url, step) => (ACTS[step] ?? ((to) => send(to, agent)))(url, step));
agent.destroy();
