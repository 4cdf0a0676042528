/** A real HTTP server on loopback that stands for a vendor: it answers what a test says, and keeps what it was asked. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after } from 'node:test';
import type { Fetch } from '@assay/core';

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export interface Answering {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** Takes the answer into its own hands: to be slow, endless, or cut off. */
  readonly misbehave?: (response: ServerResponse) => void;
}

export interface StandIn {
  readonly url: string;
  readonly asked: Asked[];
  /** What comes next, in order; the last one stays. */
  answer(...answers: readonly Answering[]): void;
}

export const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' };

/** JSON as a vendor sends it. */
export const json = (value: unknown, status = 200): Answering => ({
  ...{ status, headers: JSON_TYPE },
  body: JSON.stringify(value),
});

export async function openStandIn(): Promise<StandIn> {
  const asked: Asked[] = [];
  let answers: readonly Answering[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const { method = '', url: path = '', headers } = request;
      asked.push({ method, path, headers, body: Buffer.concat(parts).toString() });
      const [{ status = 200, headers: given, body, misbehave } = {}, ...rest] = answers;
      if (rest.length > 0) answers = rest;
      if (misbehave !== undefined) return misbehave(response);
      response.writeHead(status, given).end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  after(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    asked,
    answer(...next) {
      answers = next;
    },
  };
}

export const realFetch: Fetch = (request) => fetch(request);

/** A port that nobody listens on. */
export const NOBODY = 'http://127.0.0.1:1/';

/** What any service may answer instead of what it should: none of it may pass for an answer. */
export const HOSTILE: readonly (readonly [name: string, answer: Answering])[] = [
  ['status 500', { status: 500, body: 'oops' }],
  ['status 429', { status: 429 }],
  ['status 503', { status: 503 }],
  ['status 302 to clear text', { status: 302, headers: { location: 'http://example.com/' } }],
  ['status 307 to itself', { status: 307, headers: { location: '/' } }],
  ['status 418', { status: 418 }],
  ['status 204 without a body', { status: 204 }],
  ['HTML', { headers: { 'content-type': 'text/html' }, body: '<p>{}</p>' }],
  ['text', { headers: { 'content-type': 'text/plain' }, body: 'all is well' }],
  ['no content type', { body: '{}' }],
  ['half of JSON', { headers: JSON_TYPE, body: '{"a":' }],
  ['a list', { headers: JSON_TYPE, body: '[]' }],
  ['null', { headers: JSON_TYPE, body: 'null' }],
  ['nothing', { headers: JSON_TYPE, body: '' }],
  ['an empty object', { headers: JSON_TYPE, body: '{}' }],
  ['bytes that are no UTF-8', { headers: JSON_TYPE, body: Uint8Array.of(0xff, 0xfe, 0x7b, 0x7d) }],
  ['a large body', { headers: JSON_TYPE, body: `{"a":"${'x'.repeat(70_000)}"}` }],
  [
    'a body without end',
    {
      misbehave(response) {
        response.writeHead(200, JSON_TYPE);
        const write = () => {
          while (!response.destroyed && response.write('"'.repeat(16_384)));
        };
        response.on('drain', write);
        write();
      },
    },
  ],
  ['silence', { misbehave: () => {} }],
  ['a slow body', { misbehave: (response) => void response.writeHead(200, JSON_TYPE).write('{') }],
  ['a cut connection', { misbehave: (response) => response.destroy() }],
  [
    'a connection that is cut within the body',
    {
      misbehave(response) {
        response.writeHead(200, { ...JSON_TYPE, 'content-length': '100' });
        response.write('{"a":', () => response.destroy());
      },
    },
  ],
];
