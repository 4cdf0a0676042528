// How the test clients reach the harness: through the case's proxy, as any HTTP library would.
import { connect } from 'node:net';

/** A tunnel to the host of the address, through HTTPS_PROXY. */
export function tunnel({ hostname, port }) {
  const proxy = new URL(process.env.HTTPS_PROXY);
  const target = `${hostname}:${port || 443}`;
  return new Promise((resolve, reject) => {
    const socket = connect(Number(proxy.port), proxy.hostname);
    socket.once('error', reject);
    socket.once('close', () => reject(new Error('the proxy closed')));
    socket.write(`CONNECT ${target} HTTP/1.1\r\nhost: ${target}\r\n\r\n`);
    socket.once('data', (answer) => {
      if (String(answer).startsWith('HTTP/1.1 200')) resolve(socket);
      else reject(new Error(`the proxy said ${String(answer).split('\r\n')[0]}`));
    });
  });
}
