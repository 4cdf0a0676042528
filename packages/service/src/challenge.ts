import { parseBase64url } from '@assay/formats';
import { CHALLENGES, type ChallengeAnswer, createChallenge } from '@assay/tokens';
import type { Service } from './context.ts';
import { fault } from './fault.ts';
import type { Issuer } from './issuers.ts';

/** What a client asks a challenge for: an enrolment of an app, or a refresh of the instance `jkt`. */
export interface ChallengeWish {
  readonly app: string;
  readonly jkt?: string | undefined;
}

/**
 * Makes a challenge. Stores nothing.
 *
 * @throws RequestError `service.app_unknown`, `base64.*` for a thumbprint that is none
 */
export async function makeChallenge(service: Service, issuer: Issuer, wish: ChallengeWish): Promise<ChallengeAnswer> {
  const app = await service.registry.app(issuer.iss, wish.app);
  if (app === undefined) throw fault('service.app_unknown', { found: issuer.iss });
  const { challenge } = await service.keys.of(issuer.iss);
  const context = { keys: challenge, at: service.clock(), random: service.random };
  const purpose = wish.jkt === undefined ? 'attest' : 'refresh_asked';
  const bounds = {
    iss: issuer.iss,
    app: wish.app,
    ...(wish.jkt === undefined ? {} : { jkt: parseBase64url(wish.jkt) }),
  };
  service.events.emit({ type: 'challenge', iss: issuer.iss, purpose: wish.jkt === undefined ? 'enrol' : 'refresh' });
  return {
    attestation_challenge: createChallenge(purpose, bounds, context),
    expires_in: CHALLENGES[purpose].maxAgeSeconds,
  };
}

/** The challenge for the next refresh, which rides in every reply to a known instance. */
export async function nextChallenge(service: Service, issuer: Issuer, app: string, jkt: string) {
  const { challenge } = await service.keys.of(issuer.iss);
  const bounds = { iss: issuer.iss, app, jkt: parseBase64url(jkt) };
  const context = { keys: challenge, at: service.clock(), random: service.random };
  return {
    challenge: createChallenge('refresh', bounds, context),
    expires_in: CHALLENGES.refresh.maxAgeSeconds,
    refresh_after: 150,
  };
}
