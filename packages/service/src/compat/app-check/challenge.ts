import { parseBase64url, toBase64url } from '@assay/formats';
import { type ChallengeBounds, createChallenge, type VerifiedChallenge, verifyChallenge } from '@assay/tokens';
import type { FacadeScene } from './scene.ts';

/** One resource of one issuer: a challenge of one app is none for another. */
function boundsOf({ issuer, app, facade }: FacadeScene): ChallengeBounds {
  return { iss: issuer.iss, app: `projects/${facade.project}/apps/${app.id}` };
}

/** The 39 bytes that the client hashes. The same for attestations and assertions, since it asks for both in one way. */
export function makeFacadeChallenge(scene: FacadeScene): Uint8Array {
  const { service, issuer, keys, at } = scene;
  service.events.emit({ type: 'challenge', iss: issuer.iss, purpose: 'refresh' });
  const context = { keys: keys.challenge, at, random: service.random };
  return parseBase64url(createChallenge('facade', boundsOf(scene), context));
}

/** A challenge that was made here, for this app, a short while ago. Whether it was used is the transaction's to say. */
export interface FacadeChallenge extends VerifiedChallenge {
  readonly bytes: Uint8Array;
  readonly text: string;
}

/** @throws RequestError `tokens.challenge_*`, `tokens.version_unsupported` */
export function readFacadeChallenge(scene: FacadeScene, bytes: Uint8Array): FacadeChallenge {
  const text = toBase64url(bytes);
  const verified = verifyChallenge(text, 'facade', boundsOf(scene), { keys: scene.keys.challenge, at: scene.at });
  return { ...verified, bytes, text };
}
