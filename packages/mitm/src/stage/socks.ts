import { type Taken, take } from './intake.ts';
import { parseTarget, type Target } from './names.ts';
import type { Scene } from './scene.ts';
import { openTunnel } from './tunnel.ts';

const VERSION = 5;
/** A greeting has at most 257 octets, a request 262. */
const LONGEST = 512;
const METHOD = { none: 0x00, unacceptable: 0xff } as const;
const CONNECT = 1;
const REPLY = { succeeded: 0x00, failure: 0x01, notAllowed: 0x02, command: 0x07, addressType: 0x08 } as const;
type Reply = (typeof REPLY)[keyof typeof REPLY];

/** Answers SOCKS 5 without authentication (RFC 1928). */
export async function serveSocks(scene: Scene, inside: (scene: Scene) => void): Promise<void> {
  const { line, log } = scene;
  log.learn({ way: 'socks5' });
  const methods = await take(line.socket, LONGEST, takeGreeting);
  if (!methods?.includes(METHOD.none)) {
    line.socket.write(Buffer.from([VERSION, METHOD.unacceptable]));
    return line.finish();
  }
  line.socket.write(Buffer.from([VERSION, METHOD.none]));
  const request = await take(line.socket, LONGEST, takeRequest);
  const refused = (reply: Reply) => {
    say(scene, reply);
    line.finish();
  };
  if (request === undefined) return line.finish();
  if (typeof request === 'number') return refused(request);
  const words = { opened: () => say(scene, REPLY.succeeded), refused: () => refused(REPLY.notAllowed) };
  await openTunnel(scene, request, words, inside);
}

/** Bound address and port are of no use to a client of CONNECT. */
function say({ line }: Scene, reply: Reply): void {
  line.socket.write(Buffer.from([VERSION, reply, 0, 1, 0, 0, 0, 0, 0, 0]));
}

function takeGreeting(octets: Buffer): Taken<readonly number[]> {
  const count = octets[1];
  if (count === undefined || octets.length < 2 + count) return undefined;
  return { value: [...octets.subarray(2, 2 + count)], length: 2 + count };
}

/** Types of addresses: how long they are, and how they are written. */
const ADDRESSES: Readonly<Record<number, { length: (octets: Buffer) => number; text: (octets: Buffer) => string }>> = {
  1: { length: () => 4, text: (octets) => octets.join('.') },
  3: { length: (octets) => 1 + (octets[4] ?? 0), text: (octets) => octets.toString('latin1', 1) },
  4: { length: () => 16, text: (octets) => `[${groupsOf(octets).join(':')}]` },
};

/** The target, or the reply to a request that is none. */
function takeRequest(octets: Buffer): Taken<Target | Reply> {
  if (octets.length < 5) return undefined;
  if (octets[0] !== VERSION) return { value: REPLY.failure, length: 0 };
  if (octets[1] !== CONNECT) return { value: REPLY.command, length: 0 };
  const type = ADDRESSES[octets[3] ?? 0];
  if (type === undefined) return { value: REPLY.addressType, length: 0 };
  const end = 4 + type.length(octets);
  if (octets.length < end + 2) return undefined;
  const target = parseTarget(`${type.text(octets.subarray(4, end))}:${octets.readUInt16BE(end)}`, 0);
  return { value: target ?? REPLY.failure, length: end + 2 };
}

function groupsOf(octets: Buffer): string[] {
  return Array.from({ length: 8 }, (_, at) => octets.readUInt16BE(at * 2).toString(16));
}
