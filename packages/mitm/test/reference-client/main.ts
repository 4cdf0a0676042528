// A small client that takes every step of the harness, with signed pin sets. Usage: node main.ts careful|careless
import { readFileSync } from 'node:fs';
import type { Duplex } from 'node:stream';
import { fetchText } from '../../../../tools/mitm/clients/node/fetch-text.ts';
import { type Act, follow, orderOf } from '../../../../tools/mitm/clients/node/order.ts';
import { carefulCheck } from '../../../../tools/mitm/clients/node/pin-check.ts';
import { openSocket, send } from '../../../../tools/mitm/clients/node/send.ts';
import { openCarelessBook } from './careless-book.ts';
import { Connections } from './connections.ts';
import { openPinBook } from './pin-book.ts';

const order = orderOf(process.env, { 'update-pins': 'ASSAY_PINS_URL' });
const bundle = JSON.parse(readFileSync(process.env['ASSAY_PINS_KEY'] ?? '', 'utf8'));
const isCareful = process.argv[2] === 'careful';
const book = isCareful ? await openPinBook(bundle, Date.now) : openCarelessBook(bundle, Date.now);
const second = new URL(process.env['ASSAY_SECOND_URL'] ?? '').hostname;
const pinsOf = (host: string) => (host === second ? order.pinsOf(host) : book.pinsOf(host));

const checkServerIdentity = carefulCheck(pinsOf);
const connections = new Connections({ ca: order.ca, checkServerIdentity, proxyEnv: process.env });

async function updatePins(url: string): Promise<string> {
  const { status, text } = await fetchText(url, order.ca);
  if (isCareful && status !== 200) throw new Error(`no pin set: ${status}`);
  const changed = await book.take(text);
  if (!changed || !isCareful) return 'connections are kept';
  connections.drop();
  return 'connections are dropped';
}

const over = (url: string) => ({
  ...connections.to(url),
  onSocket: (socket: Duplex) => connections.watch(url, socket),
});

const ACTS: Readonly<Record<string, Act>> = {
  'update-pins': updatePins,
  websocket: (url) => openSocket(url, over(url)),
  'plain-request': (url) => {
    if (isCareful) throw new Error('cleartext is not spoken here');
    return send(url);
  },
};

await follow(order, (url, step) => (ACTS[step] ?? ((to) => send(to, over(to))))(url, step));
connections.close();
