import { ask, openConnect, secure, Wire } from './clients.ts';
import { openWorld } from './world.ts';

/** Opens a stage, uses it in several ways, closes it and is done: the process must end by itself. */
const world = await openWorld({ after: () => {} }, { timeouts: { handshakeMs: 60_000, idleMs: 60_000 } });
const wires = [new Wire(world.port), await openConnect(world.port), await openConnect(world.port)];
const [, , tunnel] = wires;
if (tunnel !== undefined) await secure(tunnel, { ALPNProtocols: ['h2'] });
const { status } = await ask(await openConnect(world.port));
await world.stage.close();
process.stdout.write(`${status}\n`);
