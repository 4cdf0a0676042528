import { take } from './intake.ts';
import { parseTarget } from './names.ts';
import type { Scene } from './scene.ts';
import { openTunnel } from './tunnel.ts';

const LONGEST_HEAD = 16_384;
const END = '\r\n\r\n';

/** Answers CONNECT (RFC 9110 9.3.6). `inside` goes on in the tunnel, where its end is ours. */
export async function serveConnect(scene: Scene, inside: (scene: Scene) => void): Promise<void> {
  const { line, log } = scene;
  log.learn({ way: 'connect' });
  const head = await take(line.socket, LONGEST_HEAD, (octets) => {
    const end = octets.indexOf(END);
    return end < 0 ? undefined : { value: octets.toString('latin1', 0, end), length: end + END.length };
  });
  const target = parseTarget(/^CONNECT (\S+) HTTP\/1\.[01](?:\r\n|$)/.exec(head ?? '')?.[1] ?? '', 443);
  if (target === undefined) return refuse(scene, '400 Bad Request', 'CONNECT names a host and a port.');
  await openTunnel(
    scene,
    target,
    {
      opened: () => line.socket.write('HTTP/1.1 200 Connection established\r\n\r\n'),
      refused: () =>
        refuse(scene, '403 Forbidden', `This test proxy serves named hosts alone; ${target.host} is none.`),
    },
    inside,
  );
}

function refuse({ line }: Scene, status: string, text: string): void {
  const headers = `content-type: text/plain\r\ncontent-length: ${Buffer.byteLength(text) + 1}\r\nconnection: close`;
  line.socket.write(`HTTP/1.1 ${status}\r\n${headers}\r\n\r\n${text}\n`);
  line.finish();
}
