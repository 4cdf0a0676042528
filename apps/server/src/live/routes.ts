import { readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { HIDDEN } from '@assay/http';
import type { Service } from '@assay/service';
import type { FastifyInstance } from 'fastify';
import { type FeedItem, toFeedItem } from './feed.ts';
import { createLiveStream } from './stream.ts';

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const HEADERS = {
  'content-security-policy': POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
  'cross-origin-resource-policy': 'same-origin',
};

const FILES: readonly (readonly [string, string, string])[] = [
  ['/live/', 'index.html', 'text/html; charset=utf-8'],
  ['/live/live.css', 'live.css', 'text/css; charset=utf-8'],
  ['/live/live.js', 'live.js', 'text/javascript; charset=utf-8'],
  ['/live/chart.js', 'chart.js', 'text/javascript; charset=utf-8'],
  ['/live/rows.js', 'rows.js', 'text/javascript; charset=utf-8'],
  ['/live/icon.svg', 'icon.svg', 'image/svg+xml'],
];

export interface LivePage {
  /** Adds an item that is no event of the service, such as a call at an API. */
  push(item: FeedItem): void;
  /** How many pages are listening. */
  readonly listeners: number;
}

/**
 * One page on the operator listener: verdicts over time and a feed with the trace of each refusal. For development on
 * loopback: it asks for no credential.
 */
export function registerLivePage(app: FastifyInstance, service: Service, notice: string): LivePage {
  const stream = createLiveStream();
  const greeting = { issuer: [...service.issuers.keys()].join(', '), notice, since: service.clock() };
  service.events.subscribe((event) => {
    const item = toFeedItem(event, service.reasons);
    if (item !== undefined) stream.push(item);
  });
  for (const [path, file, type] of FILES) {
    const body = readFileSync(new URL(`../../assets/live/${file}`, import.meta.url));
    app.get(path, { schema: HIDDEN }, async (_, reply) => reply.headers(HEADERS).type(type).send(body));
  }
  app.get('/', { schema: HIDDEN }, async (_, reply) => reply.redirect('/live/'));
  app.get('/live/events', { schema: HIDDEN }, async (_, reply) => {
    const listening = stream.listen(greeting);
    if (listening === undefined) return reply.code(503).headers(HEADERS).send();
    reply.raw.once('close', listening.leave);
    // Kept for another request, the connection would outlive a server that stops.
    return reply
      .headers({ ...HEADERS, 'x-accel-buffering': 'no', connection: 'close' })
      .type('text/event-stream')
      .send(Readable.from(listening.events));
  });
  app.addHook('preClose', async () => stream.end());
  return stream;
}
