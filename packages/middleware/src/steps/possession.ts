// Steps 3 to 5 of the API's checks: a bound token needs its proof, and the proof is about this request and these tokens.
import { type VerifiedProof, type VerifiedToken, verifyProof } from '@assay/tokens';
import { fault } from '../fault.ts';
import { type Incoming, queryOf } from '../incoming.ts';
import type { DpopMode } from '../options.ts';
import type { Setup } from '../setup.ts';
import type { Credentials } from './credentials.ts';
import { provenAddress } from './target.ts';

/**
 * Proves that the request comes from the holder of the token's key. Undefined for a token that is bound to none.
 *
 * @throws EvidenceError `middleware.proof_missing`, `middleware.token_unbound`, `tokens.proof_*`; RequestError
 * `middleware.proof_without_key` and those of the target; UpstreamError of the memory of used proofs
 */
export async function provePossession(
  incoming: Incoming,
  credentials: Credentials,
  token: VerifiedToken,
  setup: Setup,
  nonce: 'required' | 'offered',
): Promise<VerifiedProof | undefined> {
  const { proof, accessToken } = credentials;
  if (token.jkt === undefined) return assertUnboundAllowed(proof, setup.dpop);
  if (proof === undefined) throw fault('middleware.proof_missing');
  const request = {
    method: incoming.method,
    url: provenAddress(incoming, setup.publicOrigin),
    query: queryOf(incoming.target),
    iss: token.claims.iss,
    jkt: token.jkt,
    accessToken,
    attestation: credentials.place === 'attestation' ? credentials.token : undefined,
    at: setup.clock(),
    dangerouslyAcceptUncoveredAttestation: setup.dangerouslyAcceptUncoveredAttestation,
  };
  return await verifyProof(proof, request, { ...setup.proofs, nonce });
}

function assertUnboundAllowed(proof: string | undefined, dpop: DpopMode): undefined {
  if (dpop === 'required') throw fault('middleware.token_unbound');
  if (dpop === 'optional' && proof !== undefined) throw fault('middleware.proof_without_key');
}
