import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createVerifier, fromNode, type VerificationEvent, type Verifier } from '@assay/middleware';
import { APPS, BANK, SHOP } from './demo-app.ts';

/** A small API behind the middleware: what a customer's backend looks like. */
export interface DemoApi {
  readonly origin: string;
  close(): Promise<void>;
}

const BODIES: Readonly<Record<string, object>> = {
  [BANK.route]: { account: 'DE02 1203 0000 0000 2020 51', balance: '1 024.00 EUR' },
  [SHOP.route]: { items: ['teapot'] },
};

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
      apps: APPS.map(({ id }) => id),
      shape: 'access_token',
      acr: 'substantial',
    },
    onEvent,
  });
  const catalogue = verifier.forRoute({ acr: 'low' });
  const server = createServer((request, response) => {
    answer(request.url === SHOP.route ? catalogue : verifier, request, response).catch(() =>
      response.writeHead(500).end(),
    );
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
  const body = BODIES[target];
  response.writeHead(body === undefined ? 404 : 200, { ...result.headers, 'content-type': 'application/json' });
  response.end(JSON.stringify(body ?? { title: 'Not found' }));
}

function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
