import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before } from 'node:test';
import type { TrustCopy } from '@assay/core';
import type { TrustCopies } from '../../src/trust/tracked.ts';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** A vendor of the test's own: a real server on loopback, whose answers change. */
export interface Publisher {
  readonly origin: string;
  /** Requests so far, as `path if-none-match`. */
  readonly asked: readonly string[];
  answer(path: string, answer: Answer): void;
}

/** For a group of tests: it listens before the first and ends after the last. */
export function usePublisher(): Publisher {
  const answers = new Map<string, Answer>();
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    asked.push(`${path} ${request.headers['if-none-match'] ?? ''}`.trim());
    const answer = answers.get(path.split('?', 1)[0] ?? '');
    if (answer === undefined) response.writeHead(404).end();
    else answer(request, response);
  });
  before(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  after(() => {
    server.close();
    server.closeAllConnections();
  });
  return {
    get origin(): string {
      const { port } = server.address() as AddressInfo; // a TCP server's address
      return `http://127.0.0.1:${port}`;
    },
    asked,
    answer: (path, answer) => void answers.set(path, answer),
  };
}

/** Answers with this text, and with 304 to whoever holds it already. */
export function document(text: string | Uint8Array, headers: Readonly<Record<string, string>> = {}): Answer {
  return (request, response) => {
    const etag = headers['etag'];
    const isHeld = etag !== undefined && request.headers['if-none-match'] === etag;
    response.writeHead(isHeld ? 304 : 200, headers).end(isHeld ? undefined : text);
  };
}

/** A store of copies, as the contract has it. */
export function memoryCopies(): TrustCopies & { readonly rows: Map<string, TrustCopy> } {
  const rows = new Map<string, TrustCopy>();
  return {
    rows,
    trustCopy: async (source) => rows.get(source),
    keepTrustCopy: async (copy) => {
      if ((rows.get(copy.source)?.fetchedAt ?? 0) <= copy.fetchedAt) rows.set(copy.source, copy);
    },
  };
}
