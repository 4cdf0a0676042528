import { AssayError, type Clock, ConfigError, type Detail, type Fetch, UpstreamError } from '@assay/core';
import { fault } from '../fault.ts';
import { SERVICE_REASONS } from '../reasons.ts';
import { createPause } from './pause.ts';
import { createRest } from './rest.ts';

/** One service of a vendor: where it is, and how long and how much it may answer. */
export interface Endpoint {
  /** As messages name it, for example `Play Integrity`. */
  readonly name: string;
  /** https, or http to this very machine. No query, no credentials. */
  readonly url: string;
  /** From the connection to the last byte of the body. Default 5 s. */
  readonly timeoutMs?: number;
  /** Default 64 KiB. */
  readonly maxBytes?: number;
}

/** The ports that every client needs. */
export interface Network {
  readonly fetch: Fetch;
  readonly clock: Clock;
}

/** What is sent. Never in an address: those are logged on the way. */
export interface Call {
  readonly method?: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** An answer whose status the caller has a meaning for. */
export interface VendorReply {
  readonly status: number;
  /** Without parameters, lower case. */
  readonly contentType: string;
  readonly body: Uint8Array;
  readonly headers: Headers;
}

/** Calls an endpoint. The path is appended to its address. */
export type CallVendor = (call: Call, path?: string) => Promise<VendorReply>;

const DEFAULT_TIMEOUT_MS = 5_000;
const DEFAULT_MAX_BYTES = 65_536;

/**
 * A line to one service: bounded in time and size, no redirects, no cookies; whoever asks it to wait is not called again before
 * that, and whoever does not answer has a rest. Statuses that mean the same everywhere are errors here, all others are the caller's to read.
 *
 * @throws ConfigError `service.vendor_not_configured` for an address that anybody on the way could answer
 */
export function createLine({ fetch, clock }: Network, endpoint: Endpoint): CallVendor {
  const { name, timeoutMs = DEFAULT_TIMEOUT_MS, maxBytes = DEFAULT_MAX_BYTES } = endpoint;
  assertAddress(endpoint);
  const pause = createPause(clock);
  const rest = createRest(clock);

  async function answerTo(request: Request): Promise<VendorReply> {
    const response = await fetch(request);
    pause.note(response);
    await assertServed(name, response);
    return read(name, response, maxBytes);
  }

  return async (call, path = '') => {
    const waitMs = pause.left();
    if (waitMs > 0) throw unavailable(name, `asked to wait ${waitMs} ms more`);
    if (rest.left() > 0) throw unavailable(name, 'the last calls had no answer');
    try {
      const reply = await answerTo(toRequest(endpoint.url + path, call, AbortSignal.timeout(timeoutMs)));
      rest.answered();
      return reply;
    } catch (cause) {
      // A status is an answer too, whatever it says.
      if (cause instanceof AssayError) {
        rest.answered();
        throw cause;
      }
      rest.failed();
      // Without the cause: some hold the request, and with it our credentials.
      throw unavailable(name, cause instanceof Error ? cause.name : 'no answer');
    }
  };
}

function toRequest(url: string, { method = 'POST', headers = {}, body }: Call, signal: AbortSignal): Request {
  const options = { method, headers: { ...headers }, signal, redirect: 'error', credentials: 'omit' } as const;
  return new Request(url, body === undefined ? options : { ...options, body });
}

/** What every vendor means alike: 401 and 403 are about us, 429 and 5xx about their state. */
async function assertServed(name: string, response: Response): Promise<void> {
  const { status } = response;
  const isBusy = status === 429 || status >= 500;
  if (status !== 401 && status !== 403 && !isBusy) return;
  await response.body?.cancel();
  throw isBusy ? unavailable(name, `status ${status}`) : refusedUs(name, `status ${status}`);
}

async function read(name: string, response: Response, maxBytes: number): Promise<VendorReply> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of response.body ?? []) {
    length += part.length;
    // Leaving the loop cancels the stream, and with it the connection.
    if (length > maxBytes) throw unavailable(name, 'a body without end', `at most ${maxBytes} bytes`);
    parts.push(part);
  }
  const [contentType = ''] = (response.headers.get('content-type') ?? '').toLowerCase().split(';');
  const { status, headers } = response;
  return { status, contentType: contentType.trim(), body: Buffer.concat(parts), headers };
}

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

function assertAddress({ name, url }: Endpoint): void {
  const { protocol, hostname, username, search } = new URL(url);
  const isPrivate = protocol === 'http:' && LOOPBACK.has(hostname);
  if ((protocol === 'https:' || isPrivate) && username === '' && search === '') return;
  throw fault('service.vendor_not_configured', { expected: `an https address of ${name}` });
}

/** The vendor could not be asked, or answered with something that cannot be read. Never a refusal. */
export function unavailable(name: string, found: string, expected?: string): UpstreamError {
  const { summary, hint } = SERVICE_REASONS['service.vendor_unavailable'];
  return new UpstreamError('service.vendor_unavailable', `${name}: ${summary}`, true, toDetail(hint, found, expected));
}

/** The vendor does not accept who we are. */
export function refusedUs(name: string, found: string): ConfigError {
  const { summary, hint } = SERVICE_REASONS['service.vendor_refused_us'];
  return new ConfigError('service.vendor_refused_us', `${name}: ${summary}`, toDetail(hint, found));
}

function toDetail(hint: string, found: string, expected?: string): Detail {
  return { hint, found, ...(expected === undefined ? {} : { expected }) };
}
