import { readCopy } from './octets.ts';

/** A request as this package looks at it: exactly what came over the wire, before any framework has tidied it. */
export interface Incoming {
  readonly method: string;
  /** The request target as it was sent, for example `/pay?id=1`. */
  readonly target: string;
  /** The target that routing goes by. It differs when something has rewritten it, and then no proof is about it. */
  readonly routed: string;
  /** All values of a header, in order; the name is given in lower case. */
  readonly headers: (name: string) => readonly string[];
  /**
   * The octets of the body, where the adapter has them: asked for last, and by routes whose body must be proven alone. With more
   * than `limit` of them it may stop anywhere beyond.
   */
  readonly body?: ((limit: number) => Promise<Uint8Array>) | undefined;
  /** The framework's own object: a request that is checked twice has its proof used once. */
  readonly source: object;
}

const NONE: readonly string[] = [];

/**
 * A Fetch API request. It joins repeated headers with commas, which no token contains, so repetition still shows; and it has
 * resolved dot segments already, so its address is what routing on it goes by.
 */
export function fromRequest(request: Request): Incoming {
  const target = targetOf(request.url);
  const headers = (name: string): readonly string[] => {
    const value = request.headers.get(name);
    return value === null ? NONE : [value];
  };
  return { method: request.method, target, routed: target, headers, body: bodyOf(request), source: request };
}

/** None where somebody has read it: then the octets are gone. */
export function bodyOf(request: Request): Incoming['body'] {
  return request.bodyUsed ? undefined : (limit) => readCopy(request, limit);
}

/** Path, query and fragment of an absolute address, untouched; empty when it has none. */
export function targetOf(url: string): string {
  const authority = url.indexOf('://') + 3;
  const path = url.indexOf('/', authority);
  return authority < 3 || path < 0 ? '' : url.slice(path);
}

/** What Node's HTTP servers know of a request; `http2` has the same members. */
export interface NodeRequest {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  readonly rawHeaders: readonly string[];
  /** 1 for HTTP/1.1, whose headers tell whether a body follows. Those of HTTP/2 do not. */
  readonly httpVersionMajor?: number | undefined;
}

/** The values of a header as they were sent: Node's `headers` keeps the first of several `Authorization` and drops the rest. */
function readRawHeaders(rawHeaders: readonly string[]): Incoming['headers'] {
  return (name) => rawHeaders.filter((_, at) => at % 2 === 1 && rawHeaders[at - 1]?.toLowerCase() === name);
}

/**
 * A request of Node's HTTP server. `routed` is the target that the framework's routing goes by; `body` gives the octets of the
 * body where they are at hand.
 */
export function fromNode(request: NodeRequest, target: string, routed: string, body?: Incoming['body']): Incoming {
  const headers = readRawHeaders(request.rawHeaders);
  const octets = body ?? (hasNoBody(request, headers) ? nothing : undefined);
  return { method: request.method ?? '', target, routed, headers, body: octets, source: request };
}

const nothing = async (): Promise<Uint8Array> => new Uint8Array();

/** RFC 9112 6.3: without either header a request ends with its head. In HTTP/2 a body needs neither (RFC 9113 8.1.1). */
function hasNoBody({ httpVersionMajor }: NodeRequest, headers: Incoming['headers']): boolean {
  if (httpVersionMajor !== 1) return false;
  return headers('transfer-encoding').length === 0 && headers('content-length').every((length) => length === '0');
}

/** What stands between the question mark and a fragment. */
export function queryOf(target: string): string {
  const [beforeFragment = ''] = target.split('#', 1);
  const at = beforeFragment.indexOf('?');
  return at < 0 ? '' : beforeFragment.slice(at + 1);
}

/** The part of a target that routing looks at. */
export function pathOf(target: string): string {
  const end = target.search(/[?#]/);
  return end < 0 ? target : target.slice(0, end);
}
