// A client of undici behind a proxy, with a pin in the check of the server's identity.
import { once } from 'node:events';
import { importWeight } from '../../../weights.ts';
import { follow, orderOf } from './order.ts';
import { usualCheck } from './pin-check.ts';

/** As much of undici as this needs; its own types are there only where `npm test` has installed it. */
interface Undici {
  readonly ProxyAgent: new (options: object) => object;
  readonly Agent: new (options: object) => object;
  readonly WebSocket: new (url: string, options: object) => EventTarget;
  fetch(url: string, options: { dispatcher: object; signal: AbortSignal }): Promise<Response>;
}

const undici: unknown = await importWeight('undici');
if (!isUndici(undici)) throw new Error('not the package that we know');
const { Agent, ProxyAgent, WebSocket, fetch } = undici;

const PATIENCE_MS = 8_000;

const order = orderOf(process.env);
const tls = { ca: order.ca, checkServerIdentity: usualCheck(order.pinsOf) };
const uri = process.env['HTTPS_PROXY'];
const dispatcher = uri === undefined ? new Agent({ connect: tls }) : new ProxyAgent({ uri, requestTls: tls });

await follow(order, async (url, step) => {
  if (step === 'websocket') {
    await once(new WebSocket(url.replace(/^http/, 'ws'), { dispatcher }), 'open');
    return 'opened';
  }
  const response = await fetch(url, { dispatcher, signal: AbortSignal.timeout(PATIENCE_MS) });
  await response.arrayBuffer();
  return `${response.status}`;
});
process.exit();

function isUndici(value: unknown): value is Undici {
  return typeof value === 'object' && value !== null && 'ProxyAgent' in value && 'WebSocket' in value;
}
