import { isIP } from 'node:net';
import { take } from './intake.ts';
import { parseTarget } from './names.ts';
import { named, type Scene, standingOf } from './scene.ts';
import { carry, openWay } from './tunnel.ts';

const LONGEST_HEAD = 16_384;
const END = '\r\n\r\n';

/** Answers CONNECT (RFC 9110 9.3.6). `opened` goes on inside the tunnel, where its end is ours. */
export async function serveConnect(scene: Scene, opened: (scene: Scene) => void): Promise<void> {
  const { line, log, order } = scene;
  const head = await take(line.socket, LONGEST_HEAD, (octets) => {
    const end = octets.indexOf(END);
    return end < 0 ? undefined : { value: octets.toString('latin1', 0, end), length: end + END.length };
  });
  const target = parseTarget(/^CONNECT (\S+) HTTP\/1\.[01](?:\r\n|$)/.exec(head ?? '')?.[1] ?? '', 443);
  if (target === undefined) return refuse(scene, '400 Bad Request', 'A CONNECT request names a host and a port.');
  log.learn({ way: 'connect', ...named(target) });
  const ours = standingOf(target.host, order) === 'ours';
  // Behind an address may be a name of ours that the client has looked up itself: what it says next decides.
  if (ours || isAddressOfStranger(scene, target.host)) {
    line.socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
    return opened({ ...scene, tunnel: target });
  }
  const way = await openWay(scene, target);
  if (way === undefined) {
    log.learn({ stranger: true });
    return refuse(
      scene,
      '403 Forbidden',
      `This test proxy serves named hosts only, and ${target.host} is none of them.`,
    );
  }
  line.socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
  carry(scene, way);
}

function isAddressOfStranger({ order }: Scene, host: string): boolean {
  return isIP(host) !== 0 && standingOf(host, order) === 'stranger';
}

function refuse({ line }: Scene, status: string, text: string): void {
  const body = `${text}\n`;
  const headers = `content-type: text/plain\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close`;
  line.socket.write(`HTTP/1.1 ${status}\r\n${headers}\r\n\r\n${body}`);
  line.finish();
}
