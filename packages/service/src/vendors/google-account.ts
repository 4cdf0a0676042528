import type { KeyObject } from 'node:crypto';
import { integer, object, oneOf, word } from '@assay/formats/shape';
import { readAnswer } from './answers.ts';
import { createLine, type Endpoint, type Network, refusedUs } from './endpoint.ts';
import { makeJwt } from './jwt.ts';
import { createRenewing, type Renewing } from './renewing.ts';

/** A service account of Google Cloud, out of its key file. */
export interface GoogleAccount {
  readonly email: string;
  readonly keyId: string;
  /** RSA private key. */
  readonly key: KeyObject;
}

const NAME = 'Google OAuth';
const TOKEN_URL = 'https://oauth2.googleapis.com/token';
const GRANT = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
const ASSERTION_SECONDS = 600;
/** A token is not used in its last minute: it would end on the way. */
const MARGIN_SECONDS = 60;

const readToken = object(
  { access_token: word(4096), expires_in: integer(1, 86_400), token_type: oneOf(['Bearer']) },
  {},
  { open: true },
);

/**
 * Access tokens of a service account (RFC 7523; Google, "Using OAuth 2.0 for server to server applications"). One is kept and
 * shared until shortly before its end.
 *
 * @param url where tokens are given out; another than Google's is for tests
 */
export function createGoogleTokens(
  network: Network,
  account: GoogleAccount,
  scope: string,
  { url = TOKEN_URL, ...bounds }: Partial<Endpoint> = {},
): Renewing<string> {
  const call = createLine(network, { name: NAME, ...bounds, url });
  return createRenewing(network.clock, async () => {
    const body = new URLSearchParams({
      grant_type: GRANT,
      assertion: assertionOf(account, scope, url, network.clock()),
    });
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const reply = await call({ headers, body: body.toString() });
    // `invalid_grant` and its like: the account, its key or our clock.
    if (reply.status !== 200) throw refusedUs(NAME, `status ${reply.status}`);
    const { access_token, expires_in } = readAnswer(NAME, reply, readToken);
    return { value: access_token, goodForMs: Math.max(0, expires_in - MARGIN_SECONDS) * 1000 };
  });
}

function assertionOf({ email, keyId, key }: GoogleAccount, scope: string, aud: string, now: number): string {
  const iat = Math.floor(now / 1000);
  return makeJwt('RS256', keyId, { iss: email, scope, aud, iat, exp: iat + ASSERTION_SECONDS }, key);
}
