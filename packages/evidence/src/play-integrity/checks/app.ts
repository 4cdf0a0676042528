import type { CheckStep } from '@assay/core';
import { CLAUSE } from '../clauses.ts';
import { signersOf } from '../digests.ts';
import { refused } from '../reasons.ts';
import type { ExpectedPlayApp, PlayIntegrityState } from '../state.ts';

/** The verdict that comes without package and signers, and the only one (playintegrity v1, AppIntegrity). */
const UNEVALUATED = 'UNEVALUATED';

/**
 * Stops other apps, and this app signed by others. Play names the app unless it could not evaluate it, on a device that it
 * does not trust; that is the fact `app.recognition`, for the policy.
 */
export const app: CheckStep<PlayIntegrityState> = {
  id: 'play-integrity.app',
  clause: CLAUSE.app,
  proves: 'the app that Play saw, where it names one, is the expected one, signed as expected',
  codes: ['play.package_mismatch', 'play.signer_mismatch'],
  run({ payload, app: { value: expected } }) {
    const { packageName, certificateSha256Digest: signers, appRecognitionVerdict } = payload.value.appIntegrity ?? {};
    const isNamed = packageName !== undefined || (appRecognitionVerdict ?? UNEVALUATED) !== UNEVALUATED;
    if (isNamed && packageName !== expected.package) {
      const found = packageName ?? 'no package';
      throw refused('play.package_mismatch', { clause: CLAUSE.app, expected: expected.package, found });
    }
    if (isNamed || signers !== undefined) assertSigners(signers ?? [], expected);
    return packageName ?? 'Play names no app';
  },
};

/** Every signer must be an expected one; a list without any is none. */
function assertSigners(digests: readonly string[], { digests: expected }: ExpectedPlayApp): void {
  if (expected === undefined) return;
  const signers = signersOf(digests);
  if (signers.length > 0 && signers.every((signer) => signer !== undefined && expected.includes(signer))) return;
  throw refused('play.signer_mismatch', {
    clause: CLAUSE.app,
    expected: expected.join(' or '),
    found: signers.map((signer) => signer ?? 'no SHA-256').join(', ') || 'no signer',
  });
}
