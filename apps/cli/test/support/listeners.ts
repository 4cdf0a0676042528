import { once } from 'node:events';
import { connect, createServer as createTcpServer, type Socket, type Server as TcpServer } from 'node:net';
import { createServer, type Server, TLSSocket } from 'node:tls';
import type { Minted } from './certificates.ts';

/** Listens on a port of the system's choice for as long as anything else keeps the process; `host:port`. */
export async function listening(server: Server | TcpServer): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  server.unref();
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('a TCP address');
  return `127.0.0.1:${address.port}`;
}

/** A TCP server each of whose connections is talked to by `talk`. */
export function conversing(talk: (socket: Socket) => void): Promise<string> {
  const server = createTcpServer((socket) => {
    socket.unref();
    socket.on('error', () => {});
    talk(socket);
  });
  return listening(server);
}

/** A TLS server with this chain, leaf first. */
export function serving(chain: readonly Minted[]): Promise<string> {
  const [leaf] = chain;
  const server = createServer({ key: leaf?.privatePem ?? '', cert: chain.map(({ pem }) => pem).join('') });
  server.on('tlsClientError', () => {});
  return listening(server);
}

/** Turns a conversation into TLS at once, as a server does behind its STARTTLS. */
export function upgrade(socket: Socket, chain: readonly Minted[]): void {
  const [leaf] = chain;
  const tls = new TLSSocket(socket, {
    isServer: true,
    key: leaf?.privatePem ?? '',
    cert: chain.map(({ pem }) => pem).join(''),
  });
  tls.on('error', () => {});
}

/** Passes everything on to an address, both ways. */
export function relay(socket: Socket, address: string): void {
  const [host = '', port = ''] = address.split(':');
  const onward = connect(Number(port), host);
  onward.on('error', () => socket.destroy());
  socket.on('error', () => onward.destroy());
  socket.pipe(onward).pipe(socket);
}
