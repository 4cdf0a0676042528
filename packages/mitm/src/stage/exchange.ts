import type { Readable } from 'node:stream';
import type { SeenRequest } from '../observation.ts';
import type { HttpRecipe } from '../recipe.ts';
import type { Exchange, ExchangeAnswer, StageAnswer } from '../stage.ts';
import type { ConnectionLog } from './log.ts';
import { parseTarget, type Target } from './names.ts';

/** What is known where decrypted (or cleartext) octets are handed to a parser of HTTP. */
export interface HttpScene {
  readonly log: ConnectionLog;
  readonly secure: boolean;
  /** Requests are written down and not answered. */
  readonly isMute: boolean;
  /** Called for each request. */
  readonly asked: () => void;
  readonly target: Target;
  readonly http: HttpRecipe;
  readonly marker: string;
  /** Our own port, for redirects to cleartext and for Alt-Svc. */
  readonly port: number;
  readonly clock: () => number;
  readonly idleMs: number;
  readonly answer?: StageAnswer | undefined;
}

/** A request as both versions of HTTP show it. */
export interface Asked {
  readonly protocol: SeenRequest['protocol'];
  readonly method: string;
  /** As it stands in the request line: a path, or a whole address. */
  readonly target: string;
  readonly authority: string | undefined;
  readonly headers: readonly (readonly [name: string, value: string])[];
}

export const LONGEST_BODY = 1_048_576;
/** So many times that are read to the end before they are refused. */
const PATIENCE = 8;
const TEXT = 'A test server that no client should believe answered this request.\n';
const PLAIN_TEXT: readonly [string, string] = ['content-type', 'text/plain; charset=utf-8'];

/** Headers that concern one hop (RFC 9110 7.6.1). */
const OF_ONE_HOP: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'http2-settings',
]);

export function ofOneHop(name: string): boolean {
  return OF_ONE_HOP.has(name);
}

/** What no Connection header can take away: a message without its length would be read as two. */
const ALWAYS_KEPT: ReadonlySet<string> = new Set(['content-length', 'host']);

/** Headers that are passed on: without those of one hop, and those that Connection names (RFC 9110 7.6.1). Names in lower case. */
export function endToEnd(headers: Asked['headers']): Asked['headers'] {
  const named = headers.flatMap(([name, value]) => (name === 'connection' ? value.toLowerCase().split(/[ \t,]+/) : []));
  const isDropped = (name: string): boolean => ofOneHop(name) || (named.includes(name) && !ALWAYS_KEPT.has(name));
  return headers.filter(([name]) => !isDropped(name));
}

/** Parameters by name alone, and no credentials of an absolute form: what an app says there may be a secret. */
export function withoutValues(target: string): string {
  const [path = '', ...query] = target.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/?#]*@/i, '$1').split('?');
  if (query.length === 0) return path;
  return `${path}?${query.join('?').replace(/=[^&#]*/g, '=…')}`;
}

/** Writes the request down: names of headers, no values but the host's and the user agent's. */
export function noteRequest(scene: HttpScene, asked: Asked): void {
  const names = asked.headers.map(([name]) => name);
  const userAgent = asked.headers.find(([name]) => name === 'user-agent')?.[1];
  const host = targetOf(asked, scene.target.port)?.host;
  scene.asked();
  scene.log.sawRequest({
    protocol: asked.protocol,
    method: asked.method.slice(0, 32),
    path: withoutValues(asked.target).slice(0, 2_000),
    ...(host !== undefined && { host }),
    ...(userAgent !== undefined && { userAgent: userAgent.slice(0, 500) }),
    headers: [...new Set(names)].slice(0, 100).map((name) => name.slice(0, 100)),
    at: scene.clock(),
    marked: asked.target.includes(scene.marker),
  });
}

/** What the client is told: by `answer` where there is one, else the pages that the recipe describes. */
export async function respond(scene: HttpScene, asked: Asked, body: Readable): Promise<ExchangeAnswer> {
  // Only who answers by it has use for a body; a client may send a hundred at once.
  const octets = await readBody(body, scene.answer !== undefined);
  if (octets === undefined) return page(413, 'The body is too long.\n');
  if (scene.answer === undefined) return builtIn(scene);
  try {
    return await scene.answer(exchangeOf(scene, asked, octets));
  } catch {
    return page(502, 'Nobody answered.\n');
  }
}

export function page(status: number, text: string): ExchangeAnswer {
  return { status, headers: [PLAIN_TEXT], body: Buffer.from(text) };
}

/** `undefined` where it is longer than `LONGEST_BODY`; one that broke off is as long as it came, one not kept is empty. */
async function readBody(body: Readable, isKept: boolean): Promise<Uint8Array | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of body) {
      length += chunk.length;
      // The rest is read and thrown away: a client that is cut off in the middle may miss the answer.
      if (isKept && length <= LONGEST_BODY) chunks.push(chunk);
      if (length > LONGEST_BODY * PATIENCE) break;
    }
  } catch {
    // The client left in the middle: it will not read what we answer either.
  }
  return length > LONGEST_BODY ? undefined : Buffer.concat(chunks);
}

function exchangeOf(scene: HttpScene, asked: Asked, body: Uint8Array): Exchange {
  // Whom a tunnel was opened for stays, whatever is asked for in it; a connection in clear may be for several.
  const { host, port } = (scene.secure ? undefined : targetOf(asked, scene.target.port)) ?? scene.target;
  return {
    connection: scene.log.id,
    secure: scene.secure,
    protocol: asked.protocol === 'h2' ? 'h2' : 'http/1.1',
    host,
    port,
    method: asked.method,
    path: pathOf(asked.target),
    headers: [...authorityOf(asked), ...endToEnd(asked.headers)],
    body,
  };
}

/** What HTTP/2 says in a pseudo-header, as HTTP/1.1 says it. */
function authorityOf({ authority, headers }: Asked): readonly (readonly [string, string])[] {
  return authority === undefined || headers.some(([name]) => name === 'host') ? [] : [['host', authority]];
}

/** The path and query of a request target in origin or absolute form (RFC 9112 3.2). */
export function pathOf(target: string): string {
  if (target.startsWith('/') || !URL.canParse(target)) return target;
  const { pathname, search } = new URL(target);
  return pathname + search;
}

/** Whom a request names: by its absolute form, else by its Host (RFC 9112 3.2.2). */
export function targetOf({ target, authority }: Pick<Asked, 'target' | 'authority'>, port: number): Target | undefined {
  if (target.startsWith('/') || !URL.canParse(target)) return parseTarget(authority ?? '', port);
  return parseTarget(new URL(target).host, port);
}

function builtIn({ secure, http, target, port }: HttpScene): ExchangeAnswer {
  const headers: (readonly [string, string])[] = [PLAIN_TEXT];
  if (secure && http.hsts) headers.push(['strict-transport-security', 'max-age=31536000']);
  if (secure && http.http3) headers.push(['alt-svc', `h3=":${port}"; ma=3600`]);
  const body = Buffer.from(TEXT);
  if (!secure || http.redirect === undefined) return { status: 200, headers, body };
  const values: Readonly<Record<string, string>> = { host: target.host, plain: String(port) };
  const location = http.redirect.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
  return { status: 302, headers: [...headers, ['location', location]], body };
}
