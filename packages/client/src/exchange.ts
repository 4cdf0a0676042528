import type { Fetch } from '@assay/core';
import { FormatError, type JsonValue, parseStrictJson } from '@assay/formats';
import {
  CHALLENGE_CHARACTERS,
  CHALLENGES,
  PROBLEMS,
  type ProblemCode,
  REPLY_LIMITS,
  REPLY_MEDIA_TYPE,
} from '@assay/tokens/wire';
import type { ClientCode } from './reasons.ts';

/**
 * What an answer that nobody signed can bring about, and no more: the same bytes later, a new statement once, or a note to
 * the developer. It never costs a key, a pin or a token.
 */
export type Reaction = 'same_again' | 'new_statement' | 'config';

/** The exchange came to no signed reply. */
export class Interruption extends Error {
  override readonly name = 'Interruption';
  readonly code: ClientCode | ProblemCode | (string & {});
  readonly reaction: Reaction;
  readonly support: string | undefined;
  /** Milliseconds that the answer asks for. */
  readonly retryAfter: number | undefined;

  constructor(
    code: Interruption['code'],
    { reaction = 'same_again', support, retryAfter, cause }: Partial<Interruption> = {},
  ) {
    super(code, { cause });
    this.code = code;
    this.reaction = reaction;
    this.support = support;
    this.retryAfter = retryAfter;
  }
}

/** What no challenge outlives. */
const MAX_CHALLENGE_SECONDS = CHALLENGES.refresh.maxAgeSeconds;

const REACTIONS: Partial<Record<ProblemCode, Reaction>> = {
  challenge_expired: 'new_statement',
  challenge_used: 'new_statement',
  challenge_purpose: 'new_statement',
  request_malformed: 'config',
  request_too_large: 'config',
  version_unsupported: 'config',
};

/** Sends JSON; what comes back is an answer of any status. @throws Interruption `client.network_failed` */
export async function post(fetch: Fetch, url: string, body: string): Promise<Response> {
  const headers = { 'content-type': 'application/json' };
  return reach(() => fetch(new Request(url, { method: 'POST', headers, body, redirect: 'error' })));
}

/** @throws Interruption `client.network_failed` */
export async function reach<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (cause) {
    throw new Interruption('client.network_failed', { cause });
  }
}

/** A challenge for these bounds, with the seconds that it lives. @throws Interruption */
export async function fetchChallenge(
  fetch: Fetch,
  iss: string,
  wish: { readonly app: string; readonly jkt?: string },
): Promise<{ readonly challenge: string; readonly seconds: number }> {
  const response = await post(fetch, `${iss}/v1/challenge`, JSON.stringify(wish));
  const answer = await readJson(response);
  if (response.status !== 200) throw interruptionOf(answer);
  const { attestation_challenge: challenge, expires_in: seconds } = answer;
  const isChallenge = typeof challenge === 'string' && challenge.length === CHALLENGE_CHARACTERS;
  if (!isChallenge || typeof seconds !== 'number') throw new Interruption('client.unsigned_answer');
  return { challenge, seconds: Math.min(seconds, MAX_CHALLENGE_SECONDS) };
}

/** The text that claims to be a signed reply. @throws Interruption for every other answer */
export async function replyText(response: Response): Promise<string> {
  const type = response.headers.get('content-type') ?? '';
  const isReply = (response.status === 200 || response.status === 403) && type.startsWith(REPLY_MEDIA_TYPE);
  if (!isReply) throw interruptionOf(await readJson(response));
  return reach(() => response.text());
}

type Members = { readonly [name: string]: JsonValue };

/** The members of a JSON object; none for whatever else a proxy may have put there. */
export async function readJson(response: Response): Promise<Members> {
  const text = await reach(() => response.text());
  try {
    const value = parseStrictJson(text, { maxBytes: REPLY_LIMITS.characters });
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Members) : {};
  } catch (error) {
    if (error instanceof FormatError) return {};
    throw error;
  }
}

function interruptionOf({ code, support, retry_after_ms: asked }: Members): Interruption {
  if (typeof code !== 'string' || !isProblem(code)) return new Interruption('client.unsigned_answer');
  return new Interruption(code, {
    reaction: REACTIONS[code] ?? 'same_again',
    support: typeof support === 'string' ? support.slice(0, 16) : undefined,
    retryAfter: typeof asked === 'number' && asked > 0 ? asked : undefined,
  });
}

function isProblem(code: string): code is ProblemCode {
  return Object.hasOwn(PROBLEMS, code);
}
