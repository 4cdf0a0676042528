import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createVerifier, fromNode, type VerificationEvent, type Verifier } from '@assay/middleware';
import { APP_ID } from './demo-app.ts';

/** A small API behind the middleware: what a customer's backend looks like. */
export interface DemoApi {
  readonly origin: string;
  close(): Promise<void>;
}

const BALANCE = { account: 'DE02 1203 0000 0000 2020 51', balance: '1 024.00 EUR' };

/** Listens on loopback; tells about each decision. */
export async function startDemoApi(
  origin: string,
  iss: string,
  onEvent: (event: VerificationEvent) => void,
): Promise<DemoApi> {
  const verifier = createVerifier({
    ...{
      issuer: iss,
      audience: origin,
      publicOrigin: origin,
      apps: [APP_ID],
      shape: 'access_token',
      acr: 'substantial',
    },
    onEvent,
  });
  const server = createServer((request, response) => {
    answer(verifier, request, response).catch(() => response.writeHead(500).end());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(Number(new URL(origin).port), '127.0.0.1', resolve);
  });
  return { origin, close: () => closed(server) };
}

async function answer(verifier: Verifier, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const target = request.url ?? '';
  const result = await verifier.verify(fromNode(request, target, target));
  if (result.outcome === 'refused') {
    response.writeHead(result.status, result.headers).end(JSON.stringify(result.problem));
    return;
  }
  const found = target === '/v1/balance';
  response.writeHead(found ? 200 : 404, { ...result.headers, 'content-type': 'application/json' });
  response.end(JSON.stringify(found ? BALANCE : { title: 'Not found' }));
}

function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
