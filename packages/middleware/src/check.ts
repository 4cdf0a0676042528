// The API's checks in the order of docs/protocol.md (Token): one step a line, each with codes of its own.
import type { VerifiedProof, VerifiedToken } from '@assay/tokens';
import { type Attestation, toAttestation } from './attestation.ts';
import type { Demands } from './demands.ts';
import type { Incoming } from './incoming.ts';
import { type Refusal, refusalBy, refusalOf } from './refusal.ts';
import type { Setup } from './setup.ts';
import { proveBody, proveQuery } from './steps/body.ts';
import { readCredentials } from './steps/credentials.ts';
import { judge } from './steps/policy.ts';
import { provePossession } from './steps/possession.ts';

/** What the routes of one API share. */
export interface Api {
  readonly setup: Setup;
  /** Requests whose proof was used up by the check of an outer route: the inner one looks at its own demands only. */
  readonly proven: WeakMap<object, Proven>;
}

/** What steps 1 to 5 prove of one request. */
export interface Proven {
  readonly token: VerifiedToken;
  /** Absent for tokens that are bound to no key. */
  readonly proof: VerifiedProof | undefined;
}

/** A request that holds, or why it does not, with its token if that was verified. */
export type Finding =
  | (Proven & { readonly attestation: Attestation; readonly refusal?: undefined })
  | { readonly refusal: Refusal; readonly token?: VerifiedToken | undefined };

/** Checks a request. Rejects with a crash, except at stage `monitor`, which blocks nothing. */
export async function check(incoming: Incoming, api: Api, demands: Demands): Promise<Finding> {
  let token: VerifiedToken | undefined;
  const onToken = (verified: VerifiedToken): void => {
    token = verified;
  };
  try {
    const proven = api.proven.get(incoming.source) ?? (await prove(incoming, api.setup, demands, onToken));
    token = proven.token;
    api.proven.set(incoming.source, proven);
    if (demands.query === 'proven') proveQuery(proven.proof);
    if (demands.body === 'proven') await proveBody(incoming, proven.proof, demands.bodyLimit);
    const attestation = toAttestation(token);
    const missed = await judge(toJudged(attestation, proven, api.setup), demands, api.setup);
    return missed === undefined ? { ...proven, attestation } : { refusal: refusalOf(missed), token };
  } catch (error) {
    const refusal = refusalBy(error);
    if (refusal === undefined && demands.stage !== 'monitor') throw error;
    return { refusal: refusal ?? refusalOf('middleware.check_crashed'), token };
  }
}

async function prove(
  incoming: Incoming,
  setup: Setup,
  demands: Demands,
  onToken: (token: VerifiedToken) => void,
): Promise<Proven> {
  const credentials = readCredentials(incoming, setup.shape);
  const token = await setup.tokens.verify(credentials.token, credentials.place);
  onToken(token);
  const proof = await provePossession(incoming, credentials, token, setup, demands.nonce);
  return { token, proof };
}

function toJudged(
  attestation: Attestation,
  { proof, token }: Proven,
  { clock, leewayMs }: Setup,
): Parameters<typeof judge>[0] {
  const isFreshByNonce = proof?.isFreshByNonce ?? false;
  return {
    attestation,
    isFreshByNonce,
    isSealed: token.isSealed,
    at: clock(),
    until: attestation.expiresAt + leewayMs,
  };
}
