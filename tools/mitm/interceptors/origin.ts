import { once } from 'node:events';
import { createServer } from 'node:https';
import { toPem } from '@assay/formats';
import type { Lab } from '@assay/mitm';

/** The genuine server: what an interceptor forwards to. */
export interface Origin {
  readonly url: string;
  /** How many requests have arrived. */
  requests(): number;
  close(): Promise<void>;
}

/** The lab's valid server on loopback, with the pinned key. The lab must be one for localhost. */
export async function openOrigin(lab: Lab): Promise<Origin> {
  const { chain, key } = await lab.forge({}, { host: 'localhost', at: Date.now() });
  const cert = chain.map((der) => toPem(der, 'CERTIFICATE')).join('');
  let requests = 0;
  const server = createServer({ cert, key: key.export({ type: 'pkcs8', format: 'pem' }) }, (_, response) => {
    requests += 1;
    response.end('genuine');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return {
    url: `https://localhost:${port}/`,
    requests: () => requests,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
