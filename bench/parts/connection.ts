import { connect, type Socket } from 'node:net';

export interface Answer {
  readonly status: number;
  readonly head: string;
  readonly body: string;
}

/** One keep-alive connection on loopback that sends prepared bytes: the load must cost less than what it measures. */
export interface Connection {
  /** One request at a time. Rejects when the server hangs up. */
  send(bytes: Uint8Array): Promise<Answer>;
  close(): void;
}

/** `localAddress`: any of 127.0.0.0/8, so that the load comes from as many networks as it needs. */
export function openConnection(port: number, localAddress = '127.0.0.1'): Connection {
  let socket: Socket | undefined;
  return {
    send(bytes) {
      if (socket === undefined || socket.destroyed || !socket.writable) {
        socket = connect({ port, host: '127.0.0.1', localAddress, noDelay: true });
      }
      return exchange(socket, bytes);
    },
    close: () => socket?.destroy(),
  };
}

function exchange(socket: Socket, bytes: Uint8Array): Promise<Answer> {
  return new Promise((resolve, reject) => {
    let text = '';
    const settle = (finish: () => void): void => {
      socket.removeListener('data', onData).removeListener('close', onEnd).removeListener('error', onEnd);
      finish();
    };
    const onEnd = (): void => settle(() => reject(new Error('the server hung up')));
    const onData = (chunk: Buffer): void => {
      text += chunk.toString('latin1');
      const answer = readAnswer(text);
      if (answer !== undefined) settle(() => resolve(answer));
    };
    socket.on('data', onData).once('close', onEnd).on('error', onEnd);
    socket.write(bytes);
  });
}

/** A whole answer with a content length, or undefined while some of it is missing. */
function readAnswer(text: string): Answer | undefined {
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const head = text.slice(0, end);
  const length = Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? 0);
  const body = text.slice(end + 4);
  return body.length < length ? undefined : { status: Number(head.slice(9, 12)), head, body };
}

export function headOf(method: string, path: string, headers: Readonly<Record<string, string>>): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${method} ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\n${lines.join('')}\r\n`;
}

export function postOf(path: string, body: string): Uint8Array {
  const headers = { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)) };
  return Buffer.from(headOf('POST', path, headers) + body);
}

/** Sends all of them as fast as the connections take them, and counts the answers by status. */
export async function sendAll(
  requests: readonly Uint8Array[],
  connections: readonly Connection[],
): Promise<Map<number, number>> {
  const statuses = new Map<number, number>();
  let next = 0;
  const run = async (connection: Connection): Promise<void> => {
    for (let request = requests[next++]; request !== undefined; request = requests[next++]) {
      const { status } = await connection.send(request);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
  };
  await Promise.all(connections.map(run));
  return statuses;
}
