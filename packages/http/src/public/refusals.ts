import { type ChallengeWish, type Issuer, makeChallenge, noteRefusedInput, type Service } from '@assay/service';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { sendProblem } from '../problems/problem.ts';
import { classify } from '../problems/unexpected.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** What the request asks for, once that could be read: the app, and the instance of a refresh. Not verified. */
    asked: ChallengeWish | null;
  }
}

/**
 * Answers input that no route of the issuer can use: counted and sampled under the app that it names, with a support code,
 * and nothing changed. Faults of ours go on to the listener's handler.
 */
export function registerRefusals(scope: FastifyInstance, service: Service, issuer: Issuer): void {
  scope.decorateRequest('asked', null);
  scope.setErrorHandler(async (error, request, reply) => {
    const { problem, code, isFault } = classify(error);
    if (isFault) throw error;
    const { asked, ip } = request;
    request.support = await noteRefusedInput(service, issuer, { code, app: asked?.app }, { address: ip });
    if (problem.startsWith('challenge_')) await offerChallenge(service, issuer, request, reply);
    return sendProblem(reply, problem, { support: request.support });
  });
}

/** A new challenge of the kind that was wanted rides along, so that the client needs no round trip more. */
async function offerChallenge(
  service: Service,
  issuer: Issuer,
  { asked }: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  if (asked === null || (await service.registry.app(issuer.iss, asked.app)) === undefined) return;
  const { attestation_challenge } = await makeChallenge(service, issuer, asked);
  reply.header('oauth-client-attestation-challenge', attestation_challenge);
}
