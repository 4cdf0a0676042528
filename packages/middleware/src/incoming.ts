/** A request as this package looks at it: exactly what came over the wire, before any framework has tidied it. */
export interface Incoming {
  readonly method: string;
  /** The request target as it was sent, for example `/pay?id=1`. */
  readonly target: string;
  /** The target that routing goes by. It differs when something has rewritten it, and then no proof is about it. */
  readonly routed: string;
  /** All values of a header, in order; the name is given in lower case. */
  readonly headers: (name: string) => readonly string[];
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
  return { method: request.method, target, routed: target, headers, source: request };
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
}

/** The values of a header as they were sent: Node's `headers` keeps the first of several `Authorization` and drops the rest. */
function readRawHeaders(rawHeaders: readonly string[]): Incoming['headers'] {
  return (name) => rawHeaders.filter((_, at) => at % 2 === 1 && rawHeaders[at - 1]?.toLowerCase() === name);
}

/** A request of Node's HTTP server. `routed` is the target that the framework's routing goes by. */
export function fromNode(request: NodeRequest, target: string, routed: string): Incoming {
  return { method: request.method ?? '', target, routed, headers: readRawHeaders(request.rawHeaders), source: request };
}

/** The part of a target that routing looks at. */
export function pathOf(target: string): string {
  const end = target.search(/[?#]/);
  return end < 0 ? target : target.slice(0, end);
}
