import { AssayError, type Fetch, UpstreamError } from '@assay/core';
import { SERVICE_REASONS } from '../reasons.ts';
import { type Bounds, lifetimeOf } from './freshness.ts';

export interface FetchPlan {
  readonly url: string;
  readonly accept: string;
  /** After any content coding was taken off. */
  readonly maxBytes: number;
  readonly timeoutMs: number;
  readonly bounds: Bounds;
}

export type Fetched =
  | {
      readonly outcome: 'document';
      readonly body: Uint8Array;
      readonly etag: string | undefined;
      readonly lifetimeMs: number;
    }
  /** What the entity tag names is still what is published. */
  | { readonly outcome: 'unchanged'; readonly lifetimeMs: number };

/**
 * Fetches one document: no redirects, bounded in size and time, the body included.
 *
 * @param etag of the copy at hand, so that an unchanged document is not sent again
 * @throws UpstreamError `service.trust_unreachable`, `service.trust_malformed`
 */
export async function fetchDocument(
  fetch: Fetch,
  plan: FetchPlan,
  etag: string | undefined,
  signal: AbortSignal,
): Promise<Fetched> {
  const bounded = AbortSignal.any([signal, AbortSignal.timeout(plan.timeoutMs)]);
  try {
    return await read(await fetch(toRequest(plan, etag, bounded)), plan, etag);
  } catch (cause) {
    if (cause instanceof AssayError) throw cause;
    // The cause may name addresses, never content.
    throw upstream('service.trust_unreachable', { found: nameOf(cause) }, cause);
  }
}

function toRequest({ url, accept }: FetchPlan, etag: string | undefined, signal: AbortSignal): Request {
  const headers = new Headers({ accept });
  if (etag !== undefined) headers.set('if-none-match', etag);
  return new Request(url, { headers, signal, redirect: 'error', credentials: 'omit' });
}

async function read(response: Response, plan: FetchPlan, etag: string | undefined): Promise<Fetched> {
  const lifetimeMs = lifetimeOf(response.headers, plan.bounds);
  if (response.status === 304 && etag !== undefined) return { outcome: 'unchanged', lifetimeMs };
  if (response.status !== 200) {
    await response.body?.cancel();
    throw upstream('service.trust_unreachable', { expected: 'status 200', found: `status ${response.status}` });
  }
  const body = await readBody(response, plan.maxBytes);
  return { outcome: 'document', body, etag: response.headers.get('etag') ?? undefined, lifetimeMs };
}

async function readBody({ body }: Response, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body ?? []) {
    length += chunk.length;
    // Leaving the loop cancels the stream, and with it the connection.
    if (length > maxBytes) throw upstream('service.trust_malformed', { expected: `at most ${maxBytes} bytes` });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

type TrustCode = 'service.trust_unreachable' | 'service.trust_malformed';

export function upstream(
  code: TrustCode,
  detail: { expected?: string; found?: string },
  cause?: unknown,
): UpstreamError {
  const { summary, hint } = SERVICE_REASONS[code];
  return new UpstreamError(code, summary, true, { hint, ...detail }, { cause });
}

function nameOf(cause: unknown): string {
  return cause instanceof Error ? cause.name : 'no answer';
}
