import { ConfigError, type Fetch, type Random } from '@assay/core';
import { utf8 } from '@assay/formats';
import { createProof, toTarget } from '@assay/tokens/wire';
import type { Outcome } from './outcome.ts';
import type { ClientCrypto } from './ports.ts';
import type { Instance } from './prove.ts';
import { CLIENT_REASONS, type ClientCode } from './reasons.ts';
import type { HeldToken } from './vault.ts';

/** What a call to an API rests on. */
export interface ApiContext {
  readonly audiences: readonly string[];
  readonly fetch: Fetch;
  readonly crypto: Pick<ClientCrypto, 'sha256'>;
  readonly random: Random;
  /** Newest nonce of each origin. */
  readonly nonces: Map<string, string>;
  /** The server's time in milliseconds: proofs are dated by it, so a wrong clock on the phone does no harm. */
  now(): number;
  instance(): Instance | undefined;
  /** A live token; `anew` when the one before was not good enough. */
  token(audience: string, anew: boolean): Promise<Outcome<{ readonly token: HeldToken }>>;
}

/** What an API may ask for, each once for each call. */
type Need = 'nonce' | 'token';

const ERRORS: Readonly<Record<string, Need>> = {
  use_dpop_nonce: 'nonce',
  use_fresh_attestation: 'token',
  invalid_token: 'token',
};

const JTI_BYTES = 16;
const MAX_NONCE = 128;

/**
 * Calls an API with token and proof. The answer is the API's own; a refusal by it is an answer too. Redirects are not
 * followed: a proof is for one address.
 *
 * @throws ConfigError `client.audience_unknown`, `client.authorization_taken`; RequestError `tokens.target_ambiguous`;
 * whatever `fetch` rejects with
 */
export async function callApi(
  request: Request,
  context: ApiContext,
): Promise<Outcome<{ readonly response: Response }>> {
  const audience = audienceOf(request.url, context.audiences);
  const open = new Set<Need>(['nonce', 'token']);
  for (let anew = false; ; ) {
    const outcome = await context.token(audience, anew);
    if (outcome.kind !== 'ok') return outcome;
    const response = await send(request, outcome.token, context);
    const need = needOf(response, request, context.nonces);
    if (need === undefined || !open.delete(need)) return { kind: 'ok', support: outcome.support, response };
    anew = need === 'token';
  }
}

async function send(request: Request, token: HeldToken, context: ApiContext): Promise<Response> {
  const origin = new URL(request.url).origin;
  const headers = new Headers(request.headers);
  place(token, headers);
  headers.set('dpop', await proofFor(request, headers, token, context, context.nonces.get(origin)));
  const response = await context.fetch(new Request(request.clone(), { headers, redirect: 'manual' }));
  const nonce = response.headers.get('dpop-nonce');
  if (nonce !== null && nonce.length <= MAX_NONCE) context.nonces.set(origin, nonce);
  return response;
}

/** The one header of the token's type. The user's own token keeps its place. */
function place({ type, value }: HeldToken, headers: Headers): void {
  if (type === 'DPoP' && headers.has('authorization')) throw misused('client.authorization_taken');
  if (type === 'DPoP') headers.set('authorization', `DPoP ${value}`);
  else headers.set('oauth-client-attestation', value);
}

/** Covers the request, its query and body, and every token that goes with it. */
async function proofFor(
  request: Request,
  headers: Headers,
  token: HeldToken,
  { crypto, random, now, instance }: ApiContext,
  nonce: string | undefined,
): Promise<string> {
  const { method, url } = request;
  const held = instance();
  if (held === undefined) throw new TypeError('a token without the key that it is bound to');
  const [, accessToken] = (headers.get('authorization') ?? '').split(' ', 2);
  const body = await bodyOf(request);
  const input = {
    ...{ method, url, nonce, jti: random(JTI_BYTES), iat: Math.floor(now() / 1000) },
    queryHash: await crypto.sha256(utf8(new URL(url).search.slice(1))),
    bodyHash: body === undefined ? undefined : await crypto.sha256(body),
    accessTokenHash: accessToken === undefined ? undefined : await crypto.sha256(utf8(accessToken)),
    attestationHash: token.type === 'attestation' ? await crypto.sha256(utf8(token.value)) : undefined,
  };
  return createProof(input, held.key.jwk, held.key.sign);
}

/** The octets that will be sent. React Native gives bodies as text alone; undefined where they cannot be had at all. */
async function bodyOf(request: Request): Promise<Uint8Array | undefined> {
  if (request.method === 'GET' || request.method === 'HEAD') return new Uint8Array();
  try {
    return new Uint8Array(await request.clone().arrayBuffer());
  } catch {
    return request
      .clone()
      .text()
      .then(octetsOf, () => undefined);
  }
}

/** Octets that are no text were replaced while they were read: a hash of what is left would be of another body. */
const octetsOf = (text: string): Uint8Array | undefined => (text.includes('\ufffd') ? undefined : utf8(text));

/** The narrowest API that the address belongs to. A token goes nowhere else. */
function audienceOf(url: string, audiences: readonly string[]): string {
  const target = toTarget(url);
  const covering = audiences.filter(
    (audience) => target === audience || target.startsWith(`${withoutSlash(audience)}/`),
  );
  const [audience] = covering.toSorted((a, b) => b.length - a.length);
  if (audience === undefined) throw misused('client.audience_unknown');
  return audience;
}

const withoutSlash = (audience: string): string => audience.replace(/\/$/, '');

/** What a 401 asks for (RFC 9449 9, RFC 9470 3). A challenge without an error asks for a token, ours where it says DPoP. */
function needOf(response: Response, { url }: Request, nonces: ReadonlyMap<string, string>): Need | undefined {
  if (response.status !== 401) return undefined;
  const challenge = response.headers.get('www-authenticate') ?? '';
  const [, error] = /\berror="([a-z_]{1,64})"/.exec(challenge) ?? [];
  if (error === undefined) return /(?:^|,)\s*DPoP\b/i.test(challenge) ? 'token' : undefined;
  const need = Object.hasOwn(ERRORS, error) ? ERRORS[error] : undefined;
  return need === 'nonce' && !nonces.has(new URL(url).origin) ? undefined : need;
}

function misused(code: ClientCode): ConfigError {
  const { summary, hint } = CLIENT_REASONS[code];
  return new ConfigError(code, summary, { hint });
}
