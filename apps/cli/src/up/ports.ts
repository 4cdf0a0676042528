import { createServer } from 'node:net';

export interface Ports {
  readonly public: number;
  readonly operator: number;
  readonly api: number;
}

/** The usual ports, so that addresses in documentation work; a taken one is replaced by a free one, and that is said. */
export async function choosePorts(usual: Ports, talk: (line: string) => void): Promise<Ports> {
  const choose = async (port: number) => {
    const chosen = await free(port);
    if (chosen !== port) talk(`port ${port} is taken, so ${chosen} is used instead`);
    return chosen;
  };
  return { public: await choose(usual.public), operator: await choose(usual.operator), api: await choose(usual.api) };
}

async function free(wanted: number): Promise<number> {
  return (await listenOnce(wanted)) ?? (await listenOnce(0)) ?? wanted;
}

/** The port if it can be listened on right now. */
function listenOnce(port: number): Promise<number | undefined> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', () => resolve(undefined));
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      const bound = typeof address === 'object' && address !== null ? address.port : port;
      server.close(() => resolve(bound));
    });
  });
}
