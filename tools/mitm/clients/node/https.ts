// A client of node:https. Usage: node https.ts careful|usual|careless
import { Agent, type AgentOptions } from 'node:https';
import { follow, type Order, orderOf } from './order.ts';
import { carefulCheck, usualCheck } from './pin-check.ts';
import { openSocket, send } from './send.ts';

/** How each kind of client sets up its connections. */
const HABITS: Readonly<Record<string, (order: Order) => AgentOptions>> = {
  // Sessions are not kept: Node never asks `checkServerIdentity` about one that is resumed.
  careful: ({ ca, pinsOf }) => ({ ca, checkServerIdentity: carefulCheck(pinsOf), maxCachedSessions: 0 }),
  usual: ({ ca, pinsOf }) => ({ ca, checkServerIdentity: usualCheck(pinsOf) }),
  careless: () => ({ rejectUnauthorized: false }),
};

const [habit = ''] = process.argv.slice(2);
const options = HABITS[habit];
if (options === undefined) throw new Error(`no such habit: ${habit}`);
const order = orderOf(process.env);
const agent = new Agent({ ...options(order), keepAlive: true, proxyEnv: process.env });

await follow(order, async (url, step) => {
  if (habit === 'careful' && !url.startsWith('https:')) throw new Error('cleartext is not spoken here');
  return await (step === 'websocket' ? openSocket(url, { agent }) : send(url, { agent }));
});
agent.destroy();
