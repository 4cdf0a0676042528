import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Clock } from '@assay/core';
import type { PinReport } from '../observation.ts';
import type { ReportEndpoint } from './ports.ts';
import { readReport } from './report-form.ts';

const MAX_BODY = 256 << 10;
const MAX_REPORTS = 100;

/** Where apps report refusals while a run lasts: a path for each case, on loopback, forgotten with the process. */
export async function openReportEndpoint({ clock }: { readonly clock: Clock }): Promise<ReportEndpoint> {
  const reports = new Map<string, PinReport[]>();
  const server = createServer((request, response) => {
    void take(request, response, (body) => {
      const of = listOf(reports, caseOf(request.url ?? ''));
      if (of.length < MAX_REPORTS) of.push(readReport(body, clock()));
    });
  });
  server.on('clientError', (_, socket) => socket.destroy());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    // By name: a client that goes through its case's proxy finds it there, one that does not finds it here.
    urlFor: (caseId) => `http://localhost:${portOf(server)}/reports/${encodeURIComponent(caseId)}`,
    reportsOf: (caseId) => listOf(reports, caseId),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function take(
  request: IncomingMessage,
  response: ServerResponse,
  keep: (body: Uint8Array) => void,
): Promise<void> {
  try {
    const parts: Buffer[] = [];
    let size = 0;
    for await (const part of request) {
      size += part.length;
      if (size > MAX_BODY) return void response.writeHead(413, { connection: 'close' }).end();
      parts.push(part);
    }
    if (request.method !== 'POST') return void response.writeHead(405, { allow: 'POST' }).end();
    keep(Buffer.concat(parts));
    response.writeHead(204).end();
  } catch {
    response.destroy(); // the client left in the middle
  }
}

function caseOf(url: string): string {
  try {
    return decodeURIComponent(url.replace(/^\/reports\//, ''));
  } catch {
    return '';
  }
}

function listOf(reports: Map<string, PinReport[]>, caseId: string): PinReport[] {
  const known = reports.get(caseId) ?? [];
  if (!reports.has(caseId) && reports.size < 1000) reports.set(caseId, known);
  return known;
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
