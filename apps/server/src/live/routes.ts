import { readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import type { Service } from '@assay/service';
import type { FastifyInstance } from 'fastify';
import { type FeedItem, toFeedItem } from './feed.ts';

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

const FILES: readonly (readonly [string, string, string])[] = [
  ['/live/', 'index.html', 'text/html; charset=utf-8'],
  ['/live/live.css', 'live.css', 'text/css; charset=utf-8'],
  ['/live/live.js', 'live.js', 'text/javascript; charset=utf-8'],
  ['/live/icon.svg', 'icon.svg', 'image/svg+xml'],
];

const BACKLOG = 50;
const MAX_WAITING = 500;
const HEARTBEAT_MS = 15_000;

export interface LivePage {
  /** Adds an item that is no event of the service, such as a call at an API. */
  push(item: FeedItem): void;
}

/**
 * One page on the operator listener: verdicts over time and a feed with the trace of each refusal. For development on
 * loopback: it asks for no credential.
 */
export function registerLivePage(app: FastifyInstance, service: Service, notice: string): LivePage {
  const feed = createFeed();
  service.events.subscribe((event) => {
    const item = toFeedItem(event, service.reasons);
    if (item !== undefined) feed.push(item);
  });
  for (const [path, file, type] of FILES) {
    const body = readFileSync(new URL(`../../assets/live/${file}`, import.meta.url));
    app.get(path, { schema: { hide: true } }, async (_, reply) => reply.headers(HEADERS).type(type).send(body));
  }
  app.get('/', { schema: { hide: true } }, async (_, reply) => reply.redirect('/live/'));
  app.get('/live/events', { schema: { hide: true } }, async (_, reply) => {
    const issuer = [...service.issuers.keys()].join(', ');
    const stream = Readable.from(feed.listen({ issuer, notice }));
    return reply
      .headers({ ...HEADERS, 'x-accel-buffering': 'no' })
      .type('text/event-stream')
      .send(stream);
  });
  app.addHook('preClose', async () => feed.end());
  return feed;
}

const HEADERS = {
  'content-security-policy': POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
  'cross-origin-resource-policy': 'same-origin',
};

interface Listener {
  readonly waiting: FeedItem[];
  wake: () => void;
}

/** Fans items out to listeners. One that does not read loses the oldest items, never the server's memory. */
function createFeed() {
  const listeners = new Set<Listener>();
  const backlog: FeedItem[] = [];
  let ended = false;
  const wakeAll = () => {
    for (const listener of listeners) listener.wake();
  };
  return {
    push(item: FeedItem): void {
      backlog.push(item);
      if (backlog.length > BACKLOG) backlog.shift();
      for (const { waiting } of listeners) {
        waiting.push(item);
        if (waiting.length > MAX_WAITING) waiting.shift();
      }
      wakeAll();
    },
    end(): void {
      ended = true;
      wakeAll();
    },
    async *listen(hello: object): AsyncGenerator<string> {
      const listener: Listener = { waiting: [...backlog], wake: () => {} };
      listeners.add(listener);
      try {
        yield `event: hello\ndata: ${JSON.stringify(hello)}\n\n`;
        while (!ended) yield (await nextItems(listener)) ?? ': still here\n\n';
      } finally {
        listeners.delete(listener);
      }
    },
  };
}

/** What is waiting, as events; undefined when nothing came for a while. */
async function nextItems(listener: Listener): Promise<string | undefined> {
  if (listener.waiting.length === 0) {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, HEARTBEAT_MS);
      listener.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
  const items = listener.waiting.splice(0);
  if (items.length === 0) return undefined;
  return items.map((item) => `event: item\ndata: ${JSON.stringify(item)}\n\n`).join('');
}
