/** One route on node:http, with the middleware in front of it or without. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createVerifier, fromNode, type Verifier, type VerifierOptions } from '@assay/middleware';
import { serveTasks } from '../parts/child.ts';

const BODY = '{"balance":"12.34"}';
const servers: Server[] = [];

/** Without options: the bare route. */
async function start({ options }: { readonly options?: VerifierOptions }): Promise<number> {
  const verifier = options && createVerifier(options);
  const server = createServer(async (request, response) => {
    const headers = verifier === undefined ? {} : await headersOf(verifier, request);
    const status = 'www-authenticate' in headers ? 401 : 200;
    response.writeHead(status, { ...headers, 'content-type': 'application/json', 'content-length': BODY.length });
    response.end(BODY);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  servers.push(server);
  return (server.address() as AddressInfo).port; // a TCP server that listens
}

async function headersOf(verifier: Verifier, request: Parameters<typeof fromNode>[0]): Promise<Record<string, string>> {
  const target = request.url ?? '';
  const result = await verifier.verify(fromNode(request, target, target));
  return { ...result.headers };
}

serveTasks({ start }, async () => {
  for (const server of servers) server.close().closeAllConnections();
});
