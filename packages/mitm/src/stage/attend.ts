import { serveCleartext } from './cleartext.ts';
import { serveConnect } from './connect.ts';
import { type Taken, take } from './intake.ts';
import type { Scene } from './scene.ts';
import { serveSocks } from './socks.ts';
import { serveTls } from './tls.ts';

type Kind = 'tls' | 'socks4' | 'socks5' | 'connect' | 'cleartext';
type Serve = (scene: Scene) => Promise<void>;

const LONGEST_BEGINNING = 16;
const CONNECT = Buffer.from('CONNECT ');

/** Who serves what a connection begins with. */
const AT_THE_DOOR: Readonly<Record<Kind, Serve>> = {
  tls: serveTls,
  socks5: (scene) => serveSocks(scene, inside),
  connect: (scene) => serveConnect(scene, inside),
  cleartext: serveCleartext,
  socks4: serveUnknown,
};

/** Inside a tunnel there is no further proxy, and whatever is not TLS was sent in clear. */
const INSIDE: Readonly<Record<Kind, Serve>> = {
  tls: serveTls,
  socks5: serveCleartext,
  connect: serveCleartext,
  cleartext: serveCleartext,
  socks4: serveCleartext,
};

/** Serves one connection from its first octet to its end. Never throws. */
export function attend(scene: Scene): void {
  scene.line.within(scene.order.timeouts.handshakeMs);
  begin(scene, AT_THE_DOOR);
}

function inside(scene: Scene): void {
  begin(scene, INSIDE);
}

function begin(scene: Scene, table: Readonly<Record<Kind, Serve>>): void {
  const { line, log } = scene;
  take(line.socket, LONGEST_BEGINNING, takeKind)
    .then((kind) => (kind === undefined ? line.finish() : table[kind](scene)))
    .catch(() => {
      // What was asked for could not be forged, or a stream broke where nobody expected it: this connection ends alone.
      log.learn({ failure: 'stage-failed' });
      line.socket.destroy();
    });
}

async function serveUnknown({ line, log }: Scene): Promise<void> {
  log.learn({ failure: 'unknown-protocol' });
  line.finish();
}

/** By the first octets. What is neither TLS nor a word to a proxy was sent in clear, HTTP or not. */
function takeKind(octets: Buffer): Taken<Kind> {
  const [first = 0, , third] = octets;
  if (first === 0x16) return { value: 'tls', length: 0 };
  if (first === 0x05) return { value: 'socks5', length: 0 };
  if (first === 0x04) return { value: 'socks4', length: 0 };
  if (first >= 0x80)
    return third === undefined ? undefined : { value: third === SSL2_HELLO ? 'tls' : 'cleartext', length: 0 };
  const head = octets.subarray(0, CONNECT.length);
  if (!CONNECT.subarray(0, head.length).equals(head)) return { value: 'cleartext', length: 0 };
  return head.length < CONNECT.length ? undefined : { value: 'connect', length: 0 };
}

/** Behind two octets of length with the highest bit set (RFC 5246 E.2). */
const SSL2_HELLO = 1;
