import { X509Certificate } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { fault } from '../../reasons.ts';
import { bracketed } from './addresses.ts';
import { type Now, toMobileConfig, toNowPage, toPac, toPage } from './texts.ts';

export interface SetupOptions {
  readonly address: string;
  readonly port: number;
  readonly proxyPort: number;
  readonly hosts: readonly string[];
  /** The authority's certificate, PEM. */
  readonly authority: string;
  readonly untrusted: boolean;
  readonly now: () => Now;
}

/** The page that a phone opens first. It shows what is public: the authority's certificate, names, and how the walk goes. */
export interface SetupServer {
  readonly port: number;
  close(): Promise<void>;
}

interface Route {
  readonly type: string;
  readonly body: (options: SetupOptions, here: Here) => string | Uint8Array;
}

/** The listener as the reader's address bar has it: no name of ours is right for every network. */
interface Here {
  readonly name: string;
  readonly setup: string;
}

const HTML = 'text/html; charset=utf-8';
const ROUTES: Readonly<Record<string, Route>> = {
  '/': {
    type: HTML,
    body: ({ hosts, proxyPort, untrusted }, { name, setup }) =>
      toPage({ hosts, untrusted, setup, proxy: `${name}:${proxyPort}` }),
  },
  '/now': { type: HTML, body: ({ now }) => toNowPage(now()) },
  '/assay.pac': {
    type: 'application/x-ns-proxy-autoconfig',
    body: ({ hosts, proxyPort }, { name }) => toPac(hosts, `${name}:${proxyPort}`),
  },
  '/authority.pem': { type: 'application/x-pem-file', body: ({ authority }) => authority },
  '/authority.cer': { type: 'application/x-x509-ca-cert', body: ({ authority }) => new X509Certificate(authority).raw },
  '/authority.mobileconfig': {
    type: 'application/x-apple-aspen-config',
    body: ({ authority }) => toMobileConfig(authority),
  },
};

const HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  connection: 'close',
};

/** @throws ConfigError `cli.port_unavailable` */
export async function openSetup(options: SetupOptions): Promise<SetupServer> {
  const server = createServer((request, response) => {
    const [pathname = ''] = (request.url ?? '').split('?');
    const route = Object.hasOwn(ROUTES, pathname) ? ROUTES[pathname] : undefined;
    const isAsked = request.method === 'GET' || request.method === 'HEAD';
    if (route === undefined || !isAsked) {
      response.writeHead(isAsked ? 404 : 405, HEADERS).end();
      return;
    }
    const body = route.body(options, hereOf(request, options.address, portOf(server)));
    response.writeHead(200, { ...HEADERS, 'content-type': route.type }).end(request.method === 'HEAD' ? '' : body);
  });
  server.on('clientError', (_, socket) => socket.destroy());
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(fault('cli.port_unavailable', {}, error)));
    server.listen(options.port, options.address, () => resolve());
  });
  return {
    port: portOf(server),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Nothing of the Host header but a name or an address and a port gets into a page. */
function hereOf({ headers }: IncomingMessage, address: string, port: number): Here {
  const [, name = bracketed(address), digits = `${port}`] =
    /^([\w.-]{1,253}|\[[\da-fA-F:.]{2,45}\])(?::(\d{1,5}))?$/.exec(headers.host ?? '') ?? [];
  return { name, setup: `${name}:${digits}` };
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
