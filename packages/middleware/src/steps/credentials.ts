// Step 1 of the API's checks (docs/protocol.md, Token): exactly one token and one proof, within their sizes.
import { MAX_TOKEN_CHARACTERS, PROOF_LIMITS, type TokenPlace } from '@assay/tokens';
import { fault } from '../fault.ts';
import type { Incoming } from '../incoming.ts';
import type { Shape } from '../options.ts';
import type { MiddlewareCode } from '../reasons.ts';

interface Authorization {
  /** In lower case. */
  readonly scheme: string;
  readonly token: string;
}

/** What the request brought, of the right number and size, nothing of it verified. */
export interface Credentials {
  readonly place: TokenPlace;
  readonly token: string;
  /** Whatever stands in `Authorization`, the user's token or ours: the proof must cover it. */
  readonly accessToken?: string;
  readonly proof?: string;
}

const ATTESTATION = 'oauth-client-attestation';
const AUTHORIZATION = 'authorization';
const PROOF = 'dpop';

/** RFC 9110 11.4, with token68 credentials: a list of parameters could be read in more than one way. */
const CREDENTIALS = /^([A-Za-z][A-Za-z0-9-]*) +([A-Za-z0-9._~+/-]+=*)$/;

/** Schemes that carry attestation tokens in `Authorization`. */
const PLACES: Readonly<Record<string, TokenPlace>> = { dpop: 'dpop', bearer: 'bearer' };

/**
 * Reads the credentials.
 *
 * @throws RequestError `middleware.token_missing`, `middleware.token_repeated`, `middleware.token_in_two_places`,
 * `middleware.token_too_large`, `middleware.authorization_malformed`, `middleware.proof_repeated`,
 * `middleware.proof_too_large`
 */
export function readCredentials({ headers }: Incoming, shape: Shape): Credentials {
  const attestation = only(headers(ATTESTATION), 'middleware.token_repeated');
  const found = shape === 'attestation' ? inOwnHeader(attestation, headers) : inAuthorization(attestation, headers);
  if (found.token.length > MAX_TOKEN_CHARACTERS) throw fault('middleware.token_too_large');
  const proof = only(headers(PROOF), 'middleware.proof_repeated');
  if (proof === undefined) return found;
  if (proof.length > PROOF_LIMITS.characters) throw fault('middleware.proof_too_large');
  return { ...found, proof };
}

function inOwnHeader(token: string | undefined, headers: Incoming['headers']): Credentials {
  if (token === undefined) throw fault('middleware.token_missing');
  const user = readAuthorization(headers);
  return { place: 'attestation', token, ...(user === undefined ? {} : { accessToken: user.token }) };
}

function inAuthorization(attestation: string | undefined, headers: Incoming['headers']): Credentials {
  const ours = readAuthorization(headers);
  const place = PLACES[ours?.scheme ?? ''];
  if (ours === undefined || place === undefined) throw fault('middleware.token_missing');
  if (attestation !== undefined) throw fault('middleware.token_in_two_places');
  return { place, token: ours.token, accessToken: ours.token };
}

function readAuthorization(headers: Incoming['headers']): Authorization | undefined {
  const value = only(headers(AUTHORIZATION), 'middleware.token_repeated');
  if (value === undefined) return undefined;
  const [, scheme, token] = CREDENTIALS.exec(value) ?? [];
  if (scheme === undefined || token === undefined) throw fault('middleware.authorization_malformed');
  return { scheme: scheme.toLowerCase(), token };
}

/** The one value of a header. A comma joins values that were sent one by one; neither tokens nor proofs contain any. */
function only(values: readonly string[], code: MiddlewareCode): string | undefined {
  const [value] = values;
  if (values.length > 1 || value?.includes(',')) throw fault(code);
  return value;
}

const SCHEMES: ReadonlyMap<string, string> = new Map([
  ['dpop', 'DPoP'],
  ['bearer', 'Bearer'],
]);

/** The scheme of the user's own token where it holds `Authorization`: a challenge in another one would log the user out. */
export function userScheme({ headers }: Incoming, shape: Shape): string | undefined {
  if (shape !== 'attestation') return undefined;
  const [value = ''] = headers(AUTHORIZATION);
  return SCHEMES.get(value.split(' ', 1)[0]?.toLowerCase() ?? '');
}
