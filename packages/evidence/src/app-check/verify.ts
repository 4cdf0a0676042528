/**
 * Firebase App Check tokens, after Firebase's "Verify App Check tokens from a custom backend" as read on 2026-11-21: evidence
 * for the time of a migration, since apps in the field have it already.
 *
 * Such a token says that App Check was content with some copy of the app, and nothing else: not why, not on which device, and
 * nothing can be put inside, so it commits neither to the instance key nor to the statement. Whoever holds it can enrol a key
 * with it. So each enrols one key ({@link AppCheckToken.once}), and no policy may give it more than assurance `low`.
 */
import { hash } from 'node:crypto';
import { type CheckStep, ConfigError, claimed, type Facts, noFacts, type Platform, proven } from '@assay/core';
import { type Appraisal, appraise, type Conclusion } from '../shared/appraisal.ts';
import { app } from './checks/app.ts';
import { audience } from './checks/audience.ts';
import { issuer } from './checks/issuer.ts';
import { lifetime } from './checks/lifetime.ts';
import { signature } from './checks/signature.ts';
import { token } from './checks/token.ts';
import { readAppCheckKeys } from './keys.ts';
import { type AppCheckContext, type AppCheckInput, type AppCheckState, createState } from './state.ts';

/** Name of the format in facts. */
export const APP_CHECK = 'firebase-app-check';

/** Decoding, then authenticity, then whom the token is for. */
export const APP_CHECK_CHECKS: readonly CheckStep<AppCheckState>[] = [
  token,
  signature,
  issuer,
  audience,
  lifetime,
  app,
];

export interface AppCheckToken {
  /** Firebase app id. */
  readonly app: string;
  /** Epoch milliseconds. */
  readonly issuedAt: number;
  readonly expiresAt: number;
  /** Whether the app asked for a token of limited use: those have a name of their own and live for minutes. */
  readonly limitedUse: boolean;
  /**
   * base64url SHA-256 of what the token's signature covers: one and the same for every copy of it. A key that is registered
   * under this name can be registered with this token once.
   */
  readonly once: string;
}

/**
 * Verifies an App Check token: Firebase issued it for one of these apps, and it is valid now.
 *
 * @throws ConfigError `app_check.project_invalid`, `app_check.apps_empty`, `app_check.keys_unusable`
 */
export function verifyAppCheckToken(input: AppCheckInput, context: AppCheckContext): Appraisal<AppCheckToken> {
  assertConfigured(input);
  return appraise(APP_CHECK_CHECKS, createState(input, context.at, readAppCheckKeys(context.keys)), conclude);
}

function assertConfigured({ project, apps }: AppCheckInput): void {
  if (!/^\d{1,20}$/.test(project)) {
    throw new ConfigError('app_check.project_invalid', 'the configured project is not a project number', {
      expected: 'digits',
    });
  }
  if (apps.length > 0) return;
  throw new ConfigError('app_check.apps_empty', 'no Firebase app id is configured to compare tokens with');
}

function conclude(state: AppCheckState): Conclusion<AppCheckToken> {
  const { sub, iat, exp, jti } = state.claims.value;
  return {
    proven: {
      app: sub,
      issuedAt: iat * 1000,
      expiresAt: exp * 1000,
      limitedUse: jti !== undefined,
      once: hash('sha256', state.token.value.signingInput, 'base64url'),
    },
    facts: appCheckFacts(sub),
  };
}

const PLATFORMS: ReadonlyMap<string, Platform> = new Map([
  ['ios', 'ios'],
  ['android', 'android'],
  ['web', 'web'],
]);

/**
 * The app, and no more. Its platform is that of the registration: whether this copy runs there depends on the provider that
 * App Check was set up with, which the token does not name, so it is a claim.
 */
function appCheckFacts(firebaseApp: string): Facts {
  const none = noFacts();
  return {
    ...none,
    evidence: [APP_CHECK],
    platform: claimed(PLATFORMS.get(firebaseApp.split(':')[2] ?? ''), APP_CHECK),
    app: { ...none.app, id: proven(firebaseApp, APP_CHECK) },
    key: { ...none.key, protection: claimed('software', APP_CHECK) },
  };
}
