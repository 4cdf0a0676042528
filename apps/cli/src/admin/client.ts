import { resolve } from 'node:path';
import { RequestError } from '@assay/core';
import { z } from 'zod';
import { textOf, type Values, type World } from '../command.ts';
import { codeOf } from '../errno.ts';
import { readText } from '../input.ts';
import { jsonLines } from '../json-lines.ts';
import { fault } from '../reasons.ts';

/** Calls of the admin API. Answers are read into a strict type; refusals bear the server's own reason code. */
export interface Calls {
  get<T>(path: string, answer: z.ZodType<T>): Promise<T>;
  put<T>(path: string, body: object, answer: z.ZodType<T>): Promise<T>;
  post<T>(path: string, body: object, answer: z.ZodType<T>): Promise<T>;
  delete<T>(path: string, answer: z.ZodType<T>): Promise<T>;
  /** An answer of one JSON document a line, each as it comes. @throws UpstreamError when it breaks off in the middle */
  lines<T>(path: string, line: z.ZodType<T>): AsyncGenerator<T>;
}

/** The admin API of one issuer. */
export interface Admin extends Calls {
  readonly tenant: string;
  readonly env: string;
}

const TIMEOUT_MS = 30_000;
const MAX_ANSWER_BYTES = 16 << 20;

/**
 * Reads options and credential. Nothing goes out yet.
 *
 * @throws ConfigError `cli.server_address_refused`, `cli.credential_unusable`; RequestError `cli.issuer_malformed`
 */
export function openAdmin(world: World, values: Values): Admin {
  const base = serverOf(world, values);
  const issuer = issuerOf(textOf(values, 'issuer') ?? (world.env['ASSAY_ISSUER'] || 'main/prod'));
  return createAdmin(base, issuer, credentialOf(world, values), world.signal);
}

/** The same for what belongs to the whole server, above its issuers: its operators' credentials. */
export function openServer(world: World, values: Values): Calls {
  const base = new URL('/admin/v1/', serverOf(world, values));
  return createCalls(base, credentialOf(world, values), world.signal);
}

function credentialOf({ env, cwd }: World, values: Values): string {
  const file = textOf(values, 'credential-file') || env['ASSAY_CREDENTIAL_FILE'] || '.assay/operator-token';
  return readCredential(file, cwd);
}

interface Place {
  readonly tenant: string;
  readonly env: string;
}

/** The admin API of one issuer at `base`, with a credential's token. */
export function createAdmin(base: URL, { tenant, env }: Place, token: string, signal: AbortSignal): Admin {
  return { tenant, env, ...createCalls(new URL(`/admin/v1/t/${tenant}/e/${env}/`, base), token, signal) };
}

/** Every path is below `base`, which ends in a slash. */
function createCalls(base: URL, token: string, signal: AbortSignal): Calls {
  const authorization = `Bearer ${token}`;
  const urlOf = (path: string): URL => new URL(`${base.href}${path}`);
  const call = async <T>(method: string, path: string, body: object | undefined, answer: z.ZodType<T>): Promise<T> => {
    const url = urlOf(path);
    const headers = { authorization, ...(body === undefined ? {} : { 'content-type': 'application/json' }) };
    const request = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
    return readAnswer(await send(url, request, signal), answer);
  };
  return {
    get: (path, answer) => call('GET', path, undefined, answer),
    put: (path, body, answer) => call('PUT', path, body, answer),
    post: (path, body, answer) => call('POST', path, body, answer),
    delete: (path, answer) => call('DELETE', path, undefined, answer),
    async *lines(path, line) {
      const url = urlOf(path);
      // Without a time limit: a stream takes as long as its rows do, and Ctrl-C ends it.
      const response = await fetchFrom(url, { headers: { authorization } }, signal);
      if (!response.ok) throw refusalOf(response.status, await readJson(response));
      yield* readLines(url, response, line);
    },
  };
}

const LOOPBACK: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

/** The credential never crosses a network in clear text. */
function serverOf({ env }: World, values: Values): URL {
  const text = textOf(values, 'server') ?? (env['ASSAY_SERVER'] || 'http://127.0.0.1:8081');
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && LOOPBACK.has(url.hostname));
  if (url !== undefined && isSafe && url.username === '' && url.password === '') return url;
  throw fault('cli.server_address_refused', { expected: 'an https address, or http on loopback' });
}

function issuerOf(text: string): Place {
  const [, tenant, env] = /^([a-z0-9][a-z0-9-]{0,39})\/([a-z0-9][a-z0-9-]{0,39})$/.exec(text) ?? [];
  if (tenant === undefined || env === undefined) throw fault('cli.issuer_malformed', { found: text });
  return { tenant, env };
}

/** @throws ConfigError `cli.credential_unusable`; UpstreamError `cli.file_unreadable` */
export function readCredential(file: string, cwd: string): string {
  const token = readText(resolve(cwd, file), 4_096).trim();
  if (/^assay_admin_[A-Za-z0-9_-]{43}$/.test(token)) return token;
  throw fault('cli.credential_unusable', { found: file });
}

function send(url: URL, request: RequestInit, signal: AbortSignal): Promise<Response> {
  return fetchFrom(url, request, AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]));
}

async function fetchFrom(url: URL, request: RequestInit, signal: AbortSignal): Promise<Response> {
  try {
    // A redirect would carry the credential elsewhere.
    return await fetch(url, { ...request, redirect: 'error', signal });
  } catch (error) {
    throw unreachable(url, error);
  }
}

function unreachable(url: URL, error: unknown): Error {
  const cause = error instanceof Error ? error.cause : undefined;
  const found = codeOf(cause) || (error instanceof Error ? error.name : '');
  return fault('cli.server_unreachable', { message: `${url.origin} does not answer`, found }, error);
}

async function readAnswer<T>(response: Response, answer: z.ZodType<T>): Promise<T> {
  const json = await readJson(response);
  if (!response.ok) throw refusalOf(response.status, json);
  const result = answer.safeParse(json);
  if (result.success) return result.data;
  throw fault('cli.server_answer_unknown', { found: `status ${response.status} with other members` });
}

async function readJson(response: Response): Promise<unknown> {
  const parts: Uint8Array[] = [];
  let total = 0;
  try {
    for await (const part of response.body ?? []) {
      total += part.length;
      if (total > MAX_ANSWER_BYTES) break;
      parts.push(part);
    }
    return JSON.parse(Buffer.concat(parts).toString());
  } catch {
    // No cause: a parser's message repeats what it read.
    throw fault('cli.server_answer_unknown', { found: `status ${response.status} without JSON` });
  }
}

async function* readLines<T>(url: URL, response: Response, line: z.ZodType<T>): AsyncGenerator<T> {
  try {
    for await (const json of jsonLines(response.body ?? [])) {
      const result = line.safeParse(json);
      if (!result.success) throw fault('cli.server_answer_unknown', { found: 'a line with other members' });
      yield result.data;
    }
  } catch (error) {
    throw error instanceof TypeError || error instanceof DOMException ? unreachable(url, error) : error;
  }
}

const Problem = z.looseObject({ code: z.string(), title: z.string().optional(), detail: z.string().optional() });

/** A problem of the operator interface: `code: message; …; next: …` in its detail. */
function refusalOf(status: number, json: unknown): Error {
  const { code, title, detail } = Problem.safeParse(json).data ?? { code: `status ${status}` };
  const [, reason, message, hint] = /^([a-z0-9]+\.[a-z0-9_]+): (.*?)(?:; next: (.*))?$/s.exec(detail ?? '') ?? [];
  const found = [`${status} ${code}`, message ?? detail ?? title].filter((part) => part !== undefined).join(': ');
  const next = hint === undefined ? {} : { hint };
  if (status === 401 || status === 403) return fault('cli.credential_refused', { found });
  if (status >= 500)
    return fault('cli.server_answer_unknown', { message: 'the server failed', found, hint: 'see its log' });
  // The server's own reason keeps its code.
  if (reason !== undefined) return new RequestError(reason, `the server refuses this: ${message}`, next);
  return fault('cli.server_refused', { found, ...next });
}
